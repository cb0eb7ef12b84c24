"""How everything of commitments that can wait on somebody is called, and where it is done."""

from datetime import UTC, datetime, time, timedelta

from flask import url_for
from flask_babel import lazy_gettext as _l, ngettext

from hub.access.viewer import Viewer
from hub.commitments.milestones.queries import due_for
from hub.commitments.models import Milestone
from hub.commitments.waiting import what_waits
from hub.web.i18n import translate
from hub.web.start.desks import ANSWER, Desk
from hub.web.start.items import Item, item_of_pile

MINE = "commitments.mine"

PROMISING: dict[str, Desk] = {
    "handovers": Desk(
        lambda n: ngettext(
            "Answer whether you take a commitment over", "Answer whether you take %(num)s commitments over", n
        ),
        _l("Nobody answers for it without saying yes."),
        MINE,
        _l("Answer"),
        ends=True,
    ),
    "commitment_drafts": Desk(
        lambda n: ngettext(
            "Publish the commitment you entered", "Publish the %(num)s commitments you entered", n
        ),
        _l("Only those who keep commitments of its country see a draft."),
        MINE,
        _l("Go on"),
        is_promised=False,
    ),
    "commitment_evidence": Desk(
        lambda n: ngettext(
            "Judge evidence for a commitment", "Judge %(num)s pieces of evidence for commitments", n
        ),
        ANSWER,
        "coordinate.commitments",
        _l("Open the desk"),
    ),
}
"""Every kind of `hub.commitments.waiting`, by its name."""

DAY = timedelta(days=1)


def promised_items(somebody: Viewer) -> list[Item]:
    """Return what of commitments waits on `somebody`, in words; the caller sorts."""
    items = [item_of_pile(PROMISING[kind], pile) for kind, pile in what_waits(somebody).items()]
    return items + [_of_milestone(each) for each in due_for(somebody)]


def _of_milestone(milestone: Milestone) -> Item:
    commitment = milestone.commitment
    # a day is over when the next one begins
    due = datetime.combine(milestone.due_on, time(), tzinfo=UTC) + DAY if milestone.due_on else None
    return Item(
        title=translate("Say how far “%(name)s” is"),
        why=translate(
            "Milestone %(number)s of %(code)s is due.", number=milestone.number, code=commitment.code
        ),
        href=url_for("commitments.move_milestone", code=commitment.code, number=milestone.number),
        action=translate("Say it"),
        due=due,
        name=milestone.title,
        language=commitment.language,
        on=milestone.due_on,
    )
