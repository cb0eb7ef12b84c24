"""The course of a view with one form: shown, sent, and back with everything that was typed where something is wrong."""

from collections.abc import Callable

from flask import make_response
from flask.typing import ResponseReturnValue

from hub.core.errors import HubError, InvalidError, TooManyError, UnavailableError
from hub.members.links import VOID
from hub.web.fields import HTTP_INVALID, HubForm
from hub.web.i18n import translate
from hub.web.waiting import refusal_words

HTTP_OK = 200


def ask(
    form: HubForm,
    act: Callable[[], ResponseReturnValue],
    page: Callable[[], str],
    *,
    void: Callable[[], ResponseReturnValue] | None = None,
    also: tuple[type[HubError], ...] = (),
) -> ResponseReturnValue:
    """Show a form, or act on it once it was sent and is in order.

    Args:
        form: what was typed.
        act: does what the form asks for and returns where to go on.
        page: renders the form.
        void: answers where the link that led here turns out to be used up.
        also: further failures whose words stand above the form, instead of on a page of their own.
    """
    status, retry_after = HTTP_OK, 0
    shown: tuple[type[HubError], ...] = (UnavailableError, *also)
    if form.is_submitted():
        status = HTTP_INVALID
        if form.validate():
            try:
                return act()
            except InvalidError as error:
                if void is not None and error.message == VOID:
                    return void()
                form.refuse(error)
            except shown as error:
                form.form_errors.append(translate(error.message, **error.parameters))
                status = error.status
            except TooManyError as error:
                form.form_errors.append(refusal_words(error))
                status, retry_after = error.status, error.retry_after
    answer = make_response(page(), status)
    if retry_after:
        answer.headers["Retry-After"] = str(retry_after)
    return answer
