"""How a decision about a person goes: check the form and act, or show the page again with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.vetting.models import WORDS_LENGTH
from hub.web.coordinate.forms import WordsForm
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID, text_field
from hub.web.i18n import translate

OTHER_STATE = N_(
    "Another coordinator decided meanwhile, so that your decision would mean something else now."
)

Form = TypeVar("Form", bound="PersonWordsForm")


class PersonWordsForm(WordsForm):
    """What a coordinator writes on deciding about a person; `said` is what was typed."""

    words = text_field(_l("In your words"), WORDS_LENGTH, area=True)
    seen = HiddenField()
    """In which state the page showed the thing, where one decision means different things."""

    def require_seen(self, status: str) -> None:
        """Make sure that the coordinator saw the present state.

        Raises:
            ConflictError: it was another one.
        """
        if self.seen.data and self.seen.data != status:
            raise ConflictError(OTHER_STATE)

    @property
    def said(self) -> str:
        """What was typed, or nothing."""
        return self.words.data or ""


@dataclass(frozen=True)
class Stale:
    """Why nothing was changed, and what was typed, so that it is not lost.

    Args:
        why: in words.
        typed: the coordinator's own words.
    """

    why: str
    typed: str


def decide(
    form: Form,
    act: Callable[[Form], None],
    page: Callable[[Form, Stale | None], str],
    *,
    done: Callable[[], str],
    target: str,
) -> ResponseReturnValue:
    """Act on a form and go on, or show its page again: 422 with what is missing, 409 with what happened meanwhile.

    Args:
        form: what was sent.
        act: calls the service; runs in a transaction.
        page: renders the page from the form and what became stale; reads the present state.
        done: gives what is said afterwards, in words.
        target: where to go on.
    """
    try:
        form.check()
        with transaction():
            act(form)
    except InvalidError as error:
        form.refuse(error)
        return page(form, None), HTTP_INVALID
    except ConflictError as error:
        stale = Stale(translate(error.message, **error.parameters), form.said)
        return page(form, stale), HTTP_CONFLICT
    flash(done())
    return redirect(target, code=303)
