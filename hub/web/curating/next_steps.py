"""What the team of a showcase does next, in words, from its state and the time."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import ngettext

from hub.core import clock
from hub.showcases.making.waiting import TeamWaiting
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.web.i18n import translate


@dataclass(frozen=True)
class NextStep:
    """What comes next.

    Args:
        words: what it is.
        why: one line on it.
        href: where it is done; empty where one waits.
        action: what the button says.
    """

    words: str
    why: str
    href: str = ""
    action: str = ""


def next_step(showcase: Showcase, waiting: TeamWaiting, *, is_complete: bool, unplaced: int = 0) -> NextStep:
    """Return the next step of a showcase.

    Args:
        showcase: the showcase.
        waiting: what waits for whoever reads this.
        is_complete: whether it says everything that every showcase needs.
        unplaced: accepted entries without a slot in a programme that is published.
    """
    status = showcase.status
    if status is ShowcaseStatus.DRAFT:
        return _of_draft(showcase, is_complete=is_complete)
    if status is ShowcaseStatus.CALL_OPEN:
        return _of_call(showcase)
    if status is ShowcaseStatus.REVIEW:
        return _of_review(showcase, waiting)
    if unplaced:
        return NextStep(
            ngettext("%(num)s accepted entry has no slot", "%(num)s accepted entries have no slot", unplaced),
            translate("Give it one, and those affected are told."),
            url_for("curating.programme", slug=showcase.slug),
            translate("Open the programme"),
        )
    if status is ShowcaseStatus.CLOSED:
        return NextStep(
            translate("Say what came of it"),
            translate("Mark what was presented, then write the report in your own words."),
            url_for("curating.report", slug=showcase.slug),
            translate("Write the report"),
        )
    return _of_compiled() if showcase.is_compiled else _WAITS[status]()


def _of_compiled() -> NextStep:
    return NextStep(
        translate("Nothing is left to do"),
        translate(
            "The hub counts nothing of what was compiled from public sources. It can still be corrected."
        ),
    )


def _of_draft(showcase: Showcase, *, is_complete: bool) -> NextStep:
    preview = url_for("curating.preview", slug=showcase.slug)
    if not is_complete:
        return NextStep(
            translate("Fill in the parts"),
            translate("Only the team sees them. Take them in any order."),
            preview,
            translate("See what is missing"),
        )
    if showcase.is_compiled:
        return NextStep(
            translate("Record it"),
            translate("Everything that it needs is there. Its audience then finds it among the past ones."),
            preview,
            translate("Check everything"),
        )
    return NextStep(
        translate("Open the call"),
        translate("Everything that it needs is there. Check it once more: its audience only gets smaller."),
        preview,
        translate("Check everything"),
    )


def _of_call(showcase: Showcase) -> NextStep:
    if showcase.call_opens_at is not None and clock.now() < showcase.call_opens_at:
        return NextStep(
            translate("The call opens by itself"),
            translate("Until then you can correct the words of the criteria."),
        )
    return NextStep(
        translate("Entries come in until the call closes"),
        translate("It closes by itself. Make the call known, and plan rooms and slots meanwhile."),
        url_for("curating.programme", slug=showcase.slug),
        translate("Plan the programme"),
    )


def _of_review(showcase: Showcase, waiting: TeamWaiting) -> NextStep:
    slug = showcase.slug
    if showcase.decisions_sent_at is not None:
        return NextStep(
            translate("Build and publish the programme"),
            translate("The decisions were sent. Give each accepted entry a slot, then publish."),
            url_for("curating.programme", slug=slug),
            translate("Open the programme"),
        )
    if waiting.to_score:
        return NextStep(
            translate("Score the entries"),
            translate("You read what others think of an entry once you have scored it yourself."),
            url_for("curating.entries", slug=slug),
            translate("Score"),
        )
    return NextStep(
        translate("Decide, and send all decisions together"),
        translate("Nobody outside the team learns of a decision before all are sent."),
        url_for("curating.ranking", slug=slug),
        translate("Open the ranking"),
    )


_WAITS = {
    ShowcaseStatus.PROGRAMME_PUBLISHED: lambda: NextStep(
        translate("It begins by itself"),
        translate("Until then each change of the programme is logged and told to those affected."),
    ),
    ShowcaseStatus.LIVE: lambda: NextStep(
        translate("It takes place now"),
        translate("Check people in at the entrance, and mark what was presented."),
    ),
    ShowcaseStatus.REPORTED: lambda: NextStep(
        translate("Nothing is left to do"),
        translate("What comes of it is counted again 6 and 12 months after the end."),
    ),
    ShowcaseStatus.CANCELLED: lambda: NextStep(
        translate("It was cancelled"), translate("Everybody who took part was told.")
    ),
}
"""What stands where nothing has to be done next."""
