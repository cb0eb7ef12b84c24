"""“I want to talk to them”: from a slot to the draft of a request to those who show it, whole but for a last look.

As with every request it is asked first whether it tells of a real case; of a case nothing is kept.
"""

from datetime import time, timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, ValidationError

from hub.access.audience import Tlp
from hub.catalogue.models import Innovation
from hub.catalogue.models.content import TermScheme
from hub.collaboration.models.request import TITLE_LENGTH
from hub.collaboration.posting.checking import LENGTHS
from hub.collaboration.posting.details import ByName, Dates, RequestDetails, Requirements
from hub.collaboration.posting.service import begin_request
from hub.collaboration.showcases.receivers import asked_before, can_ask_side, side_reached
from hub.core import clock
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.members.models import Member
from hub.organisations.models import Organisation
from hub.showcases.models import Entry, Slot
from hub.showcases.published import slot_of
from hub.showcases.queries import showcase_by_slug
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.choices import page_language
from hub.web.catalogue.named import NamedRecord, named
from hub.web.collaboration.new import YES, CaseForm, case_page
from hub.web.collaboration.staged import COUNT, LEAVE_OUT, counting_options
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import HTTP_INVALID, HubForm, filled, text_field
from hub.web.i18n import term, translate
from hub.web.sessions import actor, viewer
from hub.web.showcases.blueprint import showcases
from hub.web.zones import day_in_zone, own_zone, typed_moment

TYPES = ("pilot_partner", "showcase_speaker")
"""What one asks those for who showed something: to try it together, or to show it elsewhere."""

ANSWER_WITHIN = timedelta(days=21)
"""The due date that a draft begins with."""

LAST_MINUTE = time(23, 59)

ORGANISATION, MEMBER = "organisation", "member"


class TalkForm(TracesForm):
    """Whom one wants to talk to, for what, and in which words."""

    traced = ("words", "outcome_wanted")

    to = RadioField(_l("Whom do you want to ask?"), validate_choice=False)
    type = RadioField(_l("What do you look for?"), validate_choice=False)
    words = text_field(
        _l("What do you want to talk about?"),
        LENGTHS["background"],
        filled(_l("Say what you want to talk about.")),
        area=True,
    )
    outcome_wanted = text_field(
        _l("What should come of it?"),
        LENGTHS["outcome_wanted"],
        filled(_l("Say what should come of it.")),
        area=True,
    )
    counted = RadioField(
        _l("May the report of the showcase count your request?"), validate_choice=False, default=LEAVE_OUT
    )

    def offer(self, reached: list[Organisation | Member]) -> None:
        """Offer those whom a request reaches; where it is one only, they are chosen."""
        self.to.choices = [(_key(each), _name(each)) for each in reached]
        self.type.choices = [
            ("pilot_partner", translate("Somebody to try it with, on a small scale")),
            ("showcase_speaker", translate("Somebody who shows it at an event of ours")),
        ]
        self.counted.choices = counting_options()
        if len(reached) == 1 and not self.to.data:
            self.to.data = _key(reached[0])

    def validate_to(self, field: RadioField) -> None:
        """Refuse whom nobody offered."""
        if field.data not in dict(field.choices):
            raise ValidationError(translate("Choose whom you want to ask."))

    def validate_type(self, field: RadioField) -> None:
        """Refuse what is not on offer."""
        if field.data not in TYPES:
            raise ValidationError(translate("Choose what you look for."))


@showcases.route("/<slug>/slots/<slot_id>/talk", methods=["GET", "POST"])
@members_only
def talk(slug: str, slot_id: str) -> ResponseReturnValue:
    """Ask whether it is about a real case, then for the words of a draft that is looked at before it goes."""
    slot, entry = _shown(slug, slot_id)
    reached = side_reached(viewer(), entry) if can_ask_side(viewer(), entry) else []
    question = CaseForm()
    if request.method == "GET" or not reached:
        return _page("talk", slot, entry, question, reached=reached)
    if not question.validate():
        return _page("talk", slot, entry, question, reached=reached), HTTP_INVALID
    if question.real_case.data == YES:
        return case_page(was_typed=True)
    is_first = "words" not in request.form
    form = TalkForm(formdata=None) if is_first else TalkForm()
    form.offer(reached)
    if is_first:
        return _page("talk_words", slot, entry, form, question=question)

    def act() -> ResponseReturnValue:
        chosen = next(each for each in reached if _key(each) == form.to.data)
        details = details_of(form, entry, chosen)
        with transaction():
            draft = begin_request(actor(), details, time_zone=own_zone())
            public_id = draft.public_id
        return redirect(url_for("collaboration.check", public_id=public_id), code=303)

    return ask(
        form,
        act,
        lambda: _page("talk_words", slot, entry, form, question=question),
        also=(ConflictError,),
    )


def details_of(form: TalkForm, entry: Entry, receiver: Organisation | Member) -> RequestDetails:
    """Return a whole request to those who show an entry, in the language of the page."""
    record, innovation = named(entry.innovation), entry.innovation
    is_member = isinstance(receiver, Member)
    day = day_in_zone(clock.now() + ANSWER_WITHIN)
    return RequestDetails(
        type=form.type.data,
        language=page_language(),
        title=_title(form.type.data, record),
        summary=translate("We learnt of it at the showcase “%(showcase)s”.", showcase=entry.showcase.name),
        background=form.words.data,
        outcome_wanted=form.outcome_wanted.data,
        requirements=Requirements((translate("You can talk with us within six weeks"),)),
        functions=_functions(innovation),
        innovation_id=innovation.id,
        showcase_id=entry.showcase_id,
        entry_id=entry.id,
        is_counted=form.counted.data == COUNT,
        readers=ByName(
            Tlp.AMBER,
            frozenset({receiver.id} if is_member else ()),
            frozenset(() if is_member else {receiver.id}),
        ),
        dates=Dates(own_zone(), typed_moment(day, LAST_MINUTE, own_zone())),
        traces_checked=form.has_checked_traces,
    )


def _shown(slug: str, slot_id: str) -> tuple[Slot, Entry]:
    """Return a slot of a published programme with what is shown in it.

    Raises:
        NotFoundError: there is none, or not for this viewer, or it shows nothing.
    """
    somebody = viewer()
    slot = slot_of(showcase_by_slug(slug, somebody), slot_id, somebody)
    if slot.entry is None:
        raise NotFoundError
    return slot, slot.entry


def _functions(innovation: Innovation) -> tuple[str, ...]:
    revision = innovation.published_revision
    return tuple(revision.codes(TermScheme.FUNCTIONS)) if revision is not None else ()


def _title(request_type: str, record: NamedRecord) -> str:
    words = translate("%(type)s: %(name)s", type=term("request_types", request_type), name=record.name)
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1] + "…"


def _key(somebody: Organisation | Member) -> str:
    """Return how the form names a receiver."""
    if isinstance(somebody, Member):
        return f"{MEMBER}:{somebody.public_id}"
    return f"{ORGANISATION}:{somebody.slug}"


def _name(somebody: Organisation | Member) -> str:
    return somebody.display_name if isinstance(somebody, Member) else somebody.name


def _page(name: str, slot: Slot, entry: Entry, form: HubForm, **more: object) -> str:
    return render_template(
        f"showcases/{name}.html",
        slot=slot,
        entry=entry,
        showcase=entry.showcase,
        record=named(entry.innovation),
        form=form,
        earlier=asked_before(viewer(), entry),
        may_ask=can_ask_side(viewer(), entry),
        **more,
    )
