"""How a decision about a person goes: check the form, act in one transaction, or show the page again with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError
from hub.vetting.models import WORDS_LENGTH
from hub.web.coordinate.forms import WordsForm
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID, text_field
from hub.web.i18n import translate

Form = TypeVar("Form", bound="PersonWordsForm")


class PersonWordsForm(WordsForm):
    """What a coordinator writes on deciding about a person; `said` is what was typed."""

    words = text_field(_l("In your words"), WORDS_LENGTH, area=True)

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
    done: str,
    target: str,
) -> ResponseReturnValue:
    """Act on a form and go on, or show its page again: 422 with what is missing, 409 with what happened meanwhile.

    Args:
        form: what was sent.
        act: calls the service; runs in a transaction.
        page: renders the page from the form and what became stale; reads the present state.
        done: what is said afterwards, in words.
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
    flash(done)
    return redirect(target, code=303)
