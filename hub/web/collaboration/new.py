"""Beginning a request: whether it tells of a real case, then what is looked for. Of a case nothing is kept."""

from collections.abc import Mapping
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, ValidationError

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.queries import innovation_by_slug
from hub.collaboration.posting.details import ByName, RequestDetails
from hub.collaboration.posting.receivers import receivers_named
from hub.collaboration.posting.service import begin_request
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.members.models import Member
from hub.organisations.models import Organisation
from hub.vocabularies.loader import vocabulary
from hub.web.access import members_only, public
from hub.web.asking import ask
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.draft_forms import BeginForm
from hub.web.collaboration.examples import EXAMPLES
from hub.web.fields import HTTP_INVALID, HubForm
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer
from hub.web.zones import own_zone

YES, NO = "yes", "no"

PREFILLED = ("about", "type", "to_member", "to_organisation")
"""Arguments of the address by which another page says what a request is to begin with."""


class CaseForm(HubForm):
    """Whether a request tells of a real case. It asks for nothing that could."""

    real_case = RadioField(
        _l("Does your request contain information about a real case?"), validate_choice=False
    )

    def __init__(self) -> None:
        super().__init__()
        self.real_case.choices = [(NO, translate("No")), (YES, translate("Yes, or I am not sure"))]

    def validate_real_case(self, field: RadioField) -> None:
        """Ask for an answer."""
        if field.data not in (YES, NO):
            raise ValidationError(translate("Say whether it contains information about a real case."))


@collaboration.get("/case")
@public
def case() -> ResponseReturnValue:
    """Say where information about a real case belongs."""
    return case_page(was_typed=False)


@collaboration.route("/new", methods=["GET", "POST"])
@members_only
def new() -> ResponseReturnValue:
    """Ask whether it is about a real case; where it is not, ask for the title and begin the draft."""
    form = CaseForm()
    if request.method == "GET":
        return question_page(form)
    if not form.validate():
        return question_page(form), HTTP_INVALID
    if form.real_case.data == YES:
        return case_page(was_typed=True)
    if "title" not in request.form:
        # only the question was answered: the rest is asked for the first time
        return begin_page(form, BeginForm(formdata=None, data={"type": prefilled_type()}))
    begin = BeginForm()
    return ask(begin, lambda: begun(begin), lambda: begin_page(form, begin), also=(ConflictError,))


def begun(form: BeginForm) -> ResponseReturnValue:
    """Store the draft and lead to its parts."""
    details = RequestDetails(
        type=form.type.data,
        title=form.title.data,
        language=form.language.data,
        traces_checked=form.has_checked_traces,
    )
    about, readers = prefilled_innovation(), prefilled_readers()
    if about is not None:
        details = replace(details, innovation_id=about.id)
    if readers is not None:
        details = replace(details, readers=readers)
    with transaction():
        draft = begin_request(actor(), details, time_zone=own_zone())
        public_id = draft.public_id
    return redirect(url_for("collaboration.draft", public_id=public_id), code=303)


def question_page(form: CaseForm) -> str:
    """Return the page that asks whether it is about a real case."""
    return render_template("collaboration/new.html", form=form, address=address(), **prefilled_names())


def begin_page(question: CaseForm, form: BeginForm) -> str:
    """Return the page that asks for type, title and language, with the answer that was given before."""
    return render_template(
        "collaboration/begin.html",
        form=form,
        question=question,
        address=address(),
        examples=EXAMPLES,
        **prefilled_names(),
    )


def case_page(*, was_typed: bool) -> str:
    """Return the page of the right channels. What was typed is dropped here: it reaches no table, log or mail."""
    return render_template("collaboration/case.html", was_typed=was_typed)


def prefilled() -> Mapping[str, str]:
    """Return the arguments of the address that say what to begin with."""
    return {name: request.args[name] for name in PREFILLED if request.args.get(name)}


def address() -> str:
    """Return where the forms are sent, with what the address said."""
    return url_for("collaboration.new", **prefilled())  # type: ignore[arg-type]


def prefilled_type() -> str:
    """Return the type that the address names, if there is such a type."""
    asked = request.args.get("type", "")
    return asked if asked in vocabulary("request_types") else ""


def prefilled_innovation() -> Innovation | None:
    """Return the innovation that the address names, if this person may see it."""
    try:
        found = innovation_by_slug(request.args.get("about", ""), viewer())
    except NotFoundError:
        return None
    return found if found.is_shown else None


def prefilled_people(somebody: Viewer) -> list[Member | Organisation]:
    """Return whom the address names as receivers, as far as this person may know them."""
    return receivers_named(
        somebody, request.args.getlist("to_member")[:1], request.args.getlist("to_organisation")[:1]
    )


def prefilled_readers() -> ByName | None:
    """Return the receivers that the address names, or None."""
    people = prefilled_people(viewer())
    if not people:
        return None
    return ByName(
        Tlp.AMBER,
        frozenset(each.id for each in people if isinstance(each, Member)),
        frozenset(each.id for each in people if isinstance(each, Organisation)),
    )


def prefilled_names() -> dict[str, object]:
    """Return, for the pages, what the address said to begin with."""
    return {"about": prefilled_innovation(), "people": prefilled_people(viewer())}
