"""What the pages of keeping share: which commitment it is, who may be here, and a step without a form."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from hub.commitments.models import Commitment
from hub.commitments.permissions import answers_for
from hub.commitments.queries import commitment_by_code, kept_commitment
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.web.i18n import translate
from hub.web.sessions import viewer

NOT_ANSWERING = N_(
    "Only its owner, the focal points of its country and coordinators say how far a commitment is."
)


def found(code: str) -> Commitment:
    """Return a commitment that the viewer may know of.

    Raises:
        NotFoundError: there is none.
    """
    return commitment_by_code(code, viewer())


def kept(code: str) -> Commitment:
    """Return a commitment whose record the viewer keeps.

    Raises:
        NotFoundError: there is none that they may know of.
        ForbiddenError: they do not keep it.
    """
    return kept_commitment(code, viewer())


def answered(code: str) -> Commitment:
    """Return a commitment for which the viewer answers, as its owner or keeper.

    Raises:
        NotFoundError: there is none that they may know of.
        ForbiddenError: they do not.
    """
    commitment = found(code)
    if not answers_for(viewer(), commitment):
        raise ForbiddenError(NOT_ANSWERING)
    return commitment


def step(act: Callable[[], object], done: str, target: str) -> ResponseReturnValue:
    """Carry out a step that has no form of its own; what keeps it from happening is said where the button was.

    Args:
        act: calls the service; runs in a transaction.
        done: what is said afterwards, in words.
        target: where to go on.
    """
    try:
        with transaction():
            act()
    except (InvalidError, ConflictError) as error:
        flash(translate(error.message, **error.parameters), "error")
    else:
        flash(done)
    return redirect(target, code=303)
