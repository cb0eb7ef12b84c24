"""What the clock does about the audit log: a signed checkpoint each hour."""

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from hub.audit.checkpoints.keys import NoKeyError
from hub.audit.checkpoints.making import (
    BrokenLogError,
    has_checkpoint_of_this_hour,
    make_checkpoint,
    settle_key,
    walked,
)
from hub.config import Settings
from hub.core.database import session_scope, transaction

logger = structlog.get_logger("hub.jobs")


def keep_checkpoints(bind: Engine | Connection, settings: Settings) -> bool:
    """Make the checkpoint of this hour where it is missing; return whether one was made. Doing it twice does no harm.

    Args:
        bind: the database.
        settings: where the private key lies.
    """
    try:
        with session_scope(bind):
            if has_checkpoint_of_this_hour():
                return False  # looked at before anything is locked
            start = walked()
            with transaction():
                made = make_checkpoint(settings, start)
                entries = made.entries if made else 0
            if made:
                settle_key(settings)
    except BrokenLogError as error:
        logger.error("no checkpoint: the audit log was changed", found=str(error))  # noqa: TRY400 - no fault of ours
    except NoKeyError as error:
        logger.error("no checkpoint: no key", found=str(error))  # noqa: TRY400 - the operator's file
    except (OSError, SQLAlchemyError) as error:
        logger.warning("no checkpoint now", error=type(error).__name__)
    else:
        if made:
            logger.info("checkpoint made", entries=entries)
        return made is not None
    return False


def schedule_checkpoints(queue: SqliteHuey, bind: Engine, settings: Settings) -> None:
    """Make the checkpoint of this hour at once where it is missing, and have `queue` look each minute from now on."""
    keep_checkpoints(bind, settings)

    @queue.periodic_task(crontab())
    def checkpoints() -> None:
        keep_checkpoints(bind, settings)
