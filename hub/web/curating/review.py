"""The entries that a curator judges, one of them with its scores and remarks, and how far everybody is."""

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.showcases.lifecycle import ENTRIES
from hub.showcases.models import Entry, EntryReview
from hub.showcases.permissions import can_decide_feature
from hub.showcases.queries import curated_showcase
from hub.showcases.review.deciding import seen_of
from hub.showcases.review.featuring import is_featurable
from hub.showcases.review.judges import judges_by_entry, judges_of
from hub.showcases.review.permissions import (
    can_read_others,
    is_being_reviewed,
    is_decidable,
    is_submitted,
)
from hub.showcases.review.progress import progress_of
from hub.showcases.review.queries import (
    features_of,
    judged_entry,
    judging_queue,
    names_of,
    open_features,
    own_review,
    remarks_on,
    reviews_of,
)
from hub.showcases.review.ranking import standing_of, weighted_mean, weights_of
from hub.web.access import role
from hub.web.curating.blueprint import curating
from hub.web.curating.review_forms import (
    DECISION_WORDS,
    RemarkForm,
    ScoreForm,
    UndoForm,
    score_form,
)
from hub.web.i18n import language, translate
from hub.web.sessions import viewer


@curating.get("/<slug>/entries")
@role(Role.COORDINATOR)
def entries(slug: str) -> ResponseReturnValue:
    """List the entries that the viewer judges, those that wait for their scores first."""
    showcase = curated_showcase(slug, viewer())
    queue = judging_queue(showcase, viewer())
    names = names_of([each.entry for each in queue], viewer(), language().code)
    return render_template(
        "curating/entries.html",
        showcase=showcase,
        waiting=[each for each in queue if each.scored_at is None and is_being_reviewed(each.entry)],
        others=[each for each in queue if each.scored_at is not None or not is_being_reviewed(each.entry)],
        names=names,
        features=open_features(showcase, viewer()),
        decisions=decision_words(),
    )


@curating.get("/<slug>/entries/<entry_id>")
@role(Role.COORDINATOR)
def entry(slug: str, entry_id: str) -> ResponseReturnValue:
    """Show one entry to somebody who judges it."""
    return entry_page(judged_entry(slug, entry_id, viewer()))


def entry_page(
    shown: Entry, *, scores: ScoreForm | None = None, remark: RemarkForm | None = None, note: str = ""
) -> str:
    """Return the page of one entry for those who judge it.

    Args:
        shown: the entry.
        scores: the form of scores as it was sent, where it comes back.
        remark: the form of a remark as it was sent, where it comes back.
        note: what happened meanwhile, in words.
    """
    somebody = viewer()
    own = own_review(somebody, shown)
    may_read = can_read_others(somebody, shown, own)
    return render_template(
        "curating/entry.html",
        showcase=shown.showcase,
        entry=shown,
        names=names_of([shown], somebody, language().code),
        own=own,
        is_scored=is_submitted(own),
        is_changed=own is not None and shown.saved_at > own.saved_at,
        is_open=is_being_reviewed(shown),
        is_decidable=is_decidable(shown),
        is_featurable=is_featurable(shown),
        may_move_up="move_up" in ENTRIES.actions(somebody, shown, shown.status),
        may_read=may_read,
        **(_deliberation(shown) if may_read else {}),
        features=features_of(shown),
        may_decide_feature=lambda each: can_decide_feature(somebody, each),
        form=scores or score_form(shown.showcase.criteria, own),
        remark_form=remark or RemarkForm(formdata=None),
        undo_form=UndoForm(formdata=None, data={"seen": seen_of(shown)}),
        sent_form=scores or remark,
        note=note,
        decisions=decision_words(),
    )


def _deliberation(shown: Entry) -> dict[str, object]:
    """Return what those may read who gave their own scores: what everybody gave, and what they say to one another."""
    judges = judges_by_entry(judges_of(shown.showcase)).get(shown.id, frozenset())
    weights = weights_of(shown.showcase.criteria)
    reviews = [each for each in reviews_of(shown, judges) if _points(each).keys() == weights.keys()]
    return {
        "reviews": [(each, _points(each), weighted_mean(_points(each), weights)) for each in reviews],
        "standing": standing_of([_points(each) for each in reviews], weights),
        "judges": len(judges),
        "remarks": remarks_on(shown),
    }


def _points(review: EntryReview) -> dict[int, int]:
    return {each.criterion_id: each.points for each in review.scores}


@curating.get("/<slug>/progress")
@role(Role.COORDINATOR)
def progress(slug: str) -> ResponseReturnValue:
    """Show how far the curators are, over the entries that the viewer judges."""
    showcase = curated_showcase(slug, viewer())
    board = progress_of(showcase, viewer())
    return render_template(
        "curating/progress.html",
        showcase=showcase,
        board=board,
        names=names_of([each.entry for each in board.rows], viewer(), language().code),
    )


def decision_words() -> dict[str, str]:
    """Return what the decisions are called, by code."""
    return {code.value: translate(words) for code, words in DECISION_WORDS.items()}
