"""What people added to the lists of skills and languages: keeping a word for all, merging it, or taking it off."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l, ngettext

from hub.access.viewer import Role, Viewer
from hub.core.errors import NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import ProfileScheme, TermAddition
from hub.members.models.profiles import FREE_SCHEMES
from hub.members.profiles.lifecycle import TERMS
from hub.members.profiles.permissions import can_decide_term
from hub.members.profiles.queries import shown_terms
from hub.members.profiles.terms import (
    REASON_LENGTH,
    holders_of,
    keep_term,
    kept_terms,
    merge_term,
    remove_term,
    term_by_id,
    term_queue,
)
from hub.web.access import confirmed, role
from hub.web.account.profile_form import spoken_options
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.deciding import PersonWordsForm, Stale, decide
from hub.web.fields import CodeField, options, text_field
from hub.web.i18n import by_name
from hub.web.profile_words import term_words
from hub.web.sessions import actor, viewer

SCHEME_NAMES = {ProfileScheme.SKILLS: _l("Skill"), ProfileScheme.LANGUAGES: _l("Language")}
"""What one value of each list is called."""


class TermForm(PersonWordsForm):
    """What stands in the place of a word, or why it goes."""

    into = CodeField(_l("What stands in its place"), choices=[])
    words = text_field(_l("Why it goes"), REASON_LENGTH, area=True)

    def offer(self, addition: TermAddition) -> None:
        """Offer the values of the same list, the added ones among them."""
        scheme = addition.scheme
        listed = spoken_options() if scheme is ProfileScheme.LANGUAGES else options(scheme.value)
        added = [(each.code, each.label) for each in kept_terms(scheme)]
        added += [(each.code, each.label) for each, _number in term_queue(viewer()) if each.scheme is scheme]
        labels = {code: label for code, label in [*listed, *added] if code != addition.code}
        codes = {f"{label}\n{code}": code for code, label in labels.items()}
        self.into.choices = [("", ""), *((codes[each], labels[codes[each]]) for each in by_name(codes))]


@dataclass(frozen=True)
class Decision:
    """One decision about a word.

    Args:
        act: calls the service.
        done: what is said afterwards.
    """

    act: Callable[[Viewer, TermAddition, TermForm], object]
    done: str


def _keep(by: Viewer, addition: TermAddition, _form: TermForm) -> None:
    keep_term(by, addition)


def _merge(by: Viewer, addition: TermAddition, form: TermForm) -> None:
    merge_term(by, addition, form.into.data or "")


def _remove(by: Viewer, addition: TermAddition, form: TermForm) -> None:
    remove_term(by, addition, form.said)


DECISIONS = {
    "keep": Decision(_keep, _l("Kept. Everybody can choose it from now on.")),
    "merge": Decision(_merge, _l("Merged. Every profile that had it has the other one now.")),
    "remove": Decision(_remove, _l("Removed from the list and from every profile.")),
}
"""Every decision by its verb."""


@coordinate.get("/coordinate/terms")
@role(Role.COORDINATOR)
def terms() -> ResponseReturnValue:
    """List the words that wait for a coordinator, and those that were kept."""
    waiting = term_queue(viewer())
    return render_template(
        "coordinate/terms.html",
        waiting=waiting,
        kept=[each for scheme in sorted(FREE_SCHEMES) for each in kept_terms(scheme)],
        scheme_names=SCHEME_NAMES,
        counted=ngettext("%(num)s word waits", "%(num)s words wait", len(waiting)) if waiting else "",
    )


@coordinate.get("/coordinate/terms/<public_id>", endpoint="term")
@role(Role.COORDINATOR)
def show_term(public_id: str) -> ResponseReturnValue:
    """Show one word and what can be done with it."""
    return _page(term_by_id(public_id, viewer()))


@coordinate.post("/coordinate/terms/<public_id>/<action>")
@role(Role.COORDINATOR)
@confirmed
def decide_term(public_id: str, action: str) -> ResponseReturnValue:
    """Store a decision about a word, or show it again."""
    decision = DECISIONS.get(action)
    if decision is None:
        raise NotFoundError
    addition = term_by_id(public_id, viewer())
    form = TermForm()
    form.offer(addition)

    def act(form: TermForm) -> None:
        decision.act(viewer_of(actor()), addition, form)

    return decide(
        form,
        act,
        lambda form, stale: _page(addition, form, stale),
        done=lambda: str(decision.done),
        target=url_for("coordinate.terms"),
    )


def _page(addition: TermAddition, form: TermForm | None = None, stale: Stale | None = None) -> str:
    if form is None:
        form = TermForm(formdata=None)
        form.offer(addition)
    into = addition.merged_into
    return render_template(
        "coordinate/term.html",
        addition=addition,
        scheme=SCHEME_NAMES[addition.scheme],
        holders=holders_of(addition),
        actions=TERMS.actions(viewer(), addition, addition.status),
        is_own=not can_decide_term(viewer(), addition),
        into=term_words(shown_terms(addition.scheme, [into])[into]) if into else "",
        form=form,
        stale=stale,
    )
