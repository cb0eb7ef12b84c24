"""Giving scores, and saying something to the other curators."""

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ForbiddenError, InvalidError, StaleVersionError, TooManyError
from hub.core.i18n import N_
from hub.showcases.models import Entry
from hub.showcases.review.permissions import can_read_others
from hub.showcases.review.queries import judged_entry, own_review
from hub.showcases.review.remarks import SCORE_FIRST, write_remark
from hub.showcases.review.scoring import save_scores
from hub.web.access import role
from hub.web.curating.blueprint import curating
from hub.web.curating.review import entry_page
from hub.web.curating.review_forms import RemarkForm, ScoreForm, score_form
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID
from hub.web.i18n import translate
from hub.web.limits import REMARKS, spend
from hub.web.sessions import actor, viewer
from hub.web.waiting import refusal_words

STALE = N_(
    "You saved scores for this entry in another window meanwhile. Below is what you entered here: save it once more to"
    " keep it instead."
)


@curating.post("/<slug>/entries/<entry_id>/score")
@role(Role.COORDINATOR)
def score(slug: str, entry_id: str) -> ResponseReturnValue:
    """Keep scores as a draft, or give them."""
    judged = judged_entry(slug, entry_id, viewer())
    form = score_form(judged.showcase.criteria, own_review(viewer(), judged))
    is_final = request.form.get("step") != "draft"
    is_valid = form.validate()
    if (is_final and not form.require(judged.showcase.criteria)) or not is_valid:
        return entry_page(judged, scores=form), HTTP_INVALID
    try:
        with transaction():
            save_scores(
                actor(),
                judged,
                form.scores(judged.showcase.criteria),
                version=form.seen,
                is_final=is_final,
            )
    except InvalidError as error:
        form.refuse(error)
        return entry_page(judged, scores=form), HTTP_INVALID
    except StaleVersionError:
        return _stale(judged, form), HTTP_CONFLICT
    flash(translate("Your scores are given.") if is_final else translate("Kept. Nobody else sees it."))
    return _back(judged)


def _stale(judged: Entry, form: ScoreForm) -> str:
    stored = own_review(viewer(), judged)
    form.version.data = str(stored.version if stored else 0)
    return entry_page(judged, scores=form, note=translate(STALE))


@curating.post("/<slug>/entries/<entry_id>/remark")
@role(Role.COORDINATOR)
def remark(slug: str, entry_id: str) -> ResponseReturnValue:
    """Say something to the others who judge the entry."""
    judged, form = judged_entry(slug, entry_id, viewer()), RemarkForm()
    if not can_read_others(viewer(), judged, own_review(viewer(), judged)):
        raise ForbiddenError(SCORE_FIRST)
    if not form.validate():
        return entry_page(judged, remark=form), HTTP_INVALID
    try:
        spend(REMARKS)
        with transaction():
            write_remark(actor(), judged, form.words.data or "")
    except InvalidError as error:
        form.refuse(error)
        return entry_page(judged, remark=form), HTTP_INVALID
    except TooManyError as error:
        form.form_errors.append(refusal_words(error))
        answer = make_response(entry_page(judged, remark=form), error.status)
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    flash(translate("Said to the others who judge this entry."))
    return _back(judged, anchor="remarks")


def _back(judged: Entry, anchor: str | None = None) -> ResponseReturnValue:
    address = url_for("curating.entry", slug=judged.showcase.slug, entry_id=judged.public_id, _anchor=anchor)
    return redirect(address, code=303)
