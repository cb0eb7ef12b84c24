"""The coordinators' queue: everything that waits for a decision, by kind, with who holds it."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.access.viewer import Role
from hub.catalogue.batches.queries import batch_queue
from hub.catalogue.review.queries import review_queue
from hub.catalogue.tasks.queries import task_queue
from hub.collaboration.review.queries import desk_queue
from hub.core.clock import now
from hub.integrity.permissions import CONFLICT_WORDS
from hub.web.access import role
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.desks import DESKS
from hub.web.coordinate.matters import MATTERS
from hub.web.sessions import viewer


@coordinate.get("/coordinate")
@role(Role.COORDINATOR)
def queue() -> ResponseReturnValue:
    """List what waits for a decision."""
    somebody = viewer()
    revisions, batches, tasks = review_queue(somebody), batch_queue(somebody), task_queue(somebody)
    matters = desk_queue(somebody)
    by_matter = {
        matter: [line for line in matters if line.kind == matter.table] for matter in MATTERS.values()
    }
    by_desk = {desk: [item for item in tasks if item.kind == desk.table] for desk in DESKS.values()}
    counted = [
        ngettext("%(num)s record", "%(num)s records", len(revisions)) if revisions else "",
        ngettext("%(num)s batch", "%(num)s batches", len(batches)) if batches else "",
        *(desk.counted(len(items)) for desk, items in by_desk.items() if items),
        *(matter.counted(len(lines)) for matter, lines in by_matter.items() if lines),
    ]
    arrived = (
        *(each.submitted_at for each in revisions),
        *(each.submitted_at for each in batches),
        *(each.waiting_since for each in tasks),
        *(each.waiting_since for each in matters),
    )
    return render_template(
        "coordinate/queue.html",
        items=revisions,
        batches=batches,
        by_desk=by_desk,
        by_matter=by_matter,
        counted=[words for words in counted if words],
        oldest=min(arrived, default=None),
        number=len(arrived),
        now=now(),
        conflict_words=CONFLICT_WORDS,
    )
