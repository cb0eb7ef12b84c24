"""How every process of the hub writes its log: one JSON object a line, to standard error."""

import sys

import structlog


def configure_logs() -> None:
    """Write structured lines with level and time; called once by each process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
