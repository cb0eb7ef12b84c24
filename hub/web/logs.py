"""One line per request in the log: method, route and time. Never an address, a person, a query or a typed word."""

import time
import traceback

import structlog
from flask import Flask, Response, g, got_request_exception, request

logger = structlog.get_logger("hub.web")


def start_clock() -> None:
    """Note when the request began."""
    g.began = time.perf_counter()


def log_request(response: Response) -> Response:
    """Log the finished request; the route stands for the address, which may name a person or a hidden thing."""
    if request.endpoint != "static":
        route = request.url_rule.rule if request.url_rule else None
        taken = time.perf_counter() - g.get("began", time.perf_counter())
        logger.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(taken * 1000, 1),
        )
    return response


def log_failure(sender: Flask, exception: BaseException, **_extra: object) -> None:
    """Log an unforeseen failure by its kind and place; its message may quote what somebody typed."""
    del sender
    places = [
        f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(exception.__traceback__)
    ]
    logger.error("failure", kind=type(exception).__name__, places=places)


def configure(app: Flask) -> None:
    """Log each request and failure of `app`."""
    app.before_request(start_clock)
    app.after_request(log_request)
    got_request_exception.connect(log_failure, app)
    # Flask's own logger would name the address and quote the message of every failure
    app.logger.disabled = True
