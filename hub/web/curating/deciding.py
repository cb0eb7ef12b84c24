"""Decisions about entries: one, several at once, taken back, and sent together."""

from itertools import chain

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.showcases.entries.answering import move_up as accept_waiting
from hub.showcases.models import Entry, EntryDecision, EntryStatus, Showcase
from hub.showcases.queries import curated_showcase
from hub.showcases.review.deciding import (
    Decision,
    decide_entry,
    decide_several as decide_all,
    next_position,
    seen_of,
    undo_decision as take_decision_back,
)
from hub.showcases.review.permissions import is_decidable, takes_decisions
from hub.showcases.review.progress import progress_of
from hub.showcases.review.queries import judged_entry, names_of
from hub.showcases.review.ranking import RankedEntry, ranking
from hub.showcases.review.sending import outlook_of, send_decisions
from hub.web.access import confirmed, role
from hub.web.asking import ask
from hub.web.curating.blueprint import curating
from hub.web.curating.ranking import HIDDEN_NAME
from hub.web.curating.review import decision_words
from hub.web.curating.review_forms import (
    LETTERS,
    DecideForm,
    SeveralForm,
    UndoForm,
    decision_of,
    whole,
)
from hub.web.fields import HubForm
from hub.web.i18n import language, translate
from hub.web.sessions import actor, viewer

SHOWN_DIGITS = 2
"""Digits after the point of a mean, as pages show it and as somebody types it."""


@curating.route("/<slug>/entries/<entry_id>/decide", methods=["GET", "POST"])
@role(Role.COORDINATOR)
@confirmed
def decide(slug: str, entry_id: str) -> ResponseReturnValue:
    """Ask for the words of a decision about an entry, and write it down."""
    judged = judged_entry(slug, entry_id, viewer())
    if not is_decidable(judged):
        raise ConflictError
    chosen = _chosen(judged.pending)
    form = DecideForm(data=_stored(judged, chosen))

    def act() -> ResponseReturnValue:
        with transaction():
            decide_entry(
                actor(),
                judged,
                Decision(chosen, form.words.data or "", whole(form.position.data)),
                seen=form.seen.data or "",
            )
        flash(translate("Decided. Nobody is told before all decisions are sent."))
        return _to_entry(judged)

    def page() -> str:
        # who comes second decides again, over what they now see
        form.seen.data = seen_of(judged)
        return render_template(
            "curating/decide.html",
            form=form,
            showcase=judged.showcase,
            entry=judged,
            chosen=chosen,
            names=names_of([judged], viewer(), language().code),
            decisions=decision_words(),
        )

    return ask(form, act, page, also=(ConflictError,))


def _chosen(usual: EntryDecision | None = None) -> EntryDecision:
    """Return the decision that the address names; what is sent must name one, so that it means what was shown.

    Raises:
        NotFoundError: it names none.
    """
    named = decision_of(request.args.get("decision"))
    if named is None and request.method == "POST":
        raise NotFoundError
    return named or usual or EntryDecision.ACCEPT


def _stored(judged: Entry, chosen: EntryDecision) -> dict[str, object]:
    is_same = judged.pending is chosen
    position = judged.waitlist_position if is_same else next_position(judged.showcase, viewer())
    return {
        "words": judged.pending_words if is_same else translate(LETTERS[chosen]),
        "position": str(position or ""),
        "seen": seen_of(judged),
    }


@curating.post("/<slug>/entries/<entry_id>/undo-decision")
@role(Role.COORDINATOR)
@confirmed
def undo_decision(slug: str, entry_id: str) -> ResponseReturnValue:
    """Take the decision about an entry back."""
    judged, form = judged_entry(slug, entry_id, viewer()), UndoForm()
    with transaction():
        take_decision_back(actor(), judged, seen=form.seen.data or "")
    flash(translate("Taken back. The entry has no decision now."))
    return _to_entry(judged)


@curating.route("/<slug>/decide-several", methods=["GET", "POST"])
@role(Role.COORDINATOR)
@confirmed
def decide_several(slug: str) -> ResponseReturnValue:
    """Decide the same about several entries, chosen by their means."""
    showcase = curated_showcase(slug, viewer())
    if not takes_decisions(showcase):
        raise ConflictError
    chosen = _chosen()
    least, most = _mean(request.args.get("least")), _mean(request.args.get("most"))
    lines = [each for each in ranking(showcase, viewer()) if _is_meant(each, least, most)]
    names = names_of([each.entry for each in lines], viewer(), language().code)
    is_narrowed = least is not None or most is not None
    ids = [each.entry.public_id for each in lines]
    form = SeveralForm(data={"words": translate(LETTERS[chosen]), "entries": ids if is_narrowed else []})
    form.offer(
        {
            each.entry.public_id: names[each.entry.id].name
            if each.entry.id in names
            else translate(HIDDEN_NAME)
            for each in lines
        }
    )

    def act() -> ResponseReturnValue:
        sent = frozenset(form.entries.data or ())
        # in the order of the ranking; what is not on this list any more is told by the service
        wanted = [each for each in ids if each in sent] + sorted(sent.difference(ids))
        with transaction():
            number = decide_all(actor(), showcase, wanted, Decision(chosen, form.words.data or ""))
        flash(
            ngettext(
                "Decided about %(num)s entry. Nobody is told before all decisions are sent.",
                "Decided about %(num)s entries. Nobody is told before all decisions are sent.",
                number,
            )
        )
        return redirect(url_for("curating.ranking", slug=slug), code=303)

    return ask(form, act, lambda: _several_page(showcase, form, chosen, lines), also=(ConflictError,))


def _several_page(showcase: Showcase, form: HubForm, chosen: EntryDecision, lines: list[RankedEntry]) -> str:
    return render_template(
        "curating/decide_several.html",
        form=form,
        showcase=showcase,
        chosen=chosen,
        lines={each.entry.public_id: each for each in lines},
        least=request.args.get("least", ""),
        most=request.args.get("most", ""),
        decisions=decision_words(),
    )


def _mean(typed: str | None) -> float | None:
    """Return a typed mean, with a point or a comma; None where it is none."""
    try:
        value = float((typed or "").replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value <= 10 else None  # noqa: PLR2004 - anything beyond 5 fits nothing


def _is_meant(line: RankedEntry, least: float | None, most: float | None) -> bool:
    entry = line.entry
    if entry.status is not EntryStatus.UNDER_REVIEW or entry.pending is not None:
        return False
    if least is None and most is None:
        return True
    if line.standing is None:
        return False
    mean = round(line.standing.mean, SHOWN_DIGITS)
    return (least is None or mean >= least) and (most is None or mean <= most)


@curating.post("/<slug>/entries/<entry_id>/move-up")
@role(Role.COORDINATOR)
@confirmed
def move_up(slug: str, entry_id: str) -> ResponseReturnValue:
    """Accept an entry from the waiting list, whatever its turn."""
    judged = judged_entry(slug, entry_id, viewer())
    with transaction():
        accept_waiting(actor(), judged)
    flash(translate("Accepted. Its side and its presenters were told."))
    return _to_entry(judged)


@curating.route("/<slug>/send", methods=["GET", "POST"])
@role(Role.COORDINATOR)
@confirmed
def send(slug: str) -> ResponseReturnValue:
    """Show what is decided and what is not, and send all decisions together."""
    showcase, form = curated_showcase(slug, viewer()), HubForm()

    def act() -> ResponseReturnValue:
        with transaction():
            send_decisions(actor(), showcase)
        flash(translate("Sent. Everybody who proposed an entry has their answer."))
        return redirect(url_for("curating.send", slug=slug), code=303)

    def page() -> str:
        outlook = outlook_of(showcase, viewer())
        return render_template(
            "curating/send.html",
            form=form,
            showcase=showcase,
            outlook=outlook,
            may_send=takes_decisions(showcase) and not outlook.undecided,
            is_time=takes_decisions(showcase),
            board=progress_of(showcase, viewer()),
            names=names_of(
                [*outlook.undecided, *chain(*outlook.decided.values())], viewer(), language().code
            ),
            decisions=decision_words(),
        )

    return ask(form, act, page, also=(ConflictError,))


def _to_entry(judged: Entry) -> ResponseReturnValue:
    address = url_for("curating.entry", slug=judged.showcase.slug, entry_id=judged.public_id)
    return redirect(address, code=303)
