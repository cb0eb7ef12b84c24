"""The forms of the catalogue, one a page; each gives the frozen `InnovationDetails` that it asks about."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField, ValidationError
from wtforms.fields.choices import Choice
from wtforms.fields.core import UnboundField

from hub.catalogue.models import InnovationDetails, InnovationRevision, TermScheme
from hub.catalogue.models.content import LINE_LENGTH, PARAGRAPH_LENGTH, TEXT_FIELDS, URL_LENGTH
from hub.organisations.models import NAME_LENGTH as ORGANISATION_NAME_LENGTH
from hub.web.catalogue.choices import (
    NOT_CHOSEN,
    country_options,
    language_codes,
    language_options,
    organisation_options,
    page_language,
)
from hub.web.catalogue.labels import LABELS
from hub.web.catalogue.prose import prose_field
from hub.web.catalogue.rows import (
    STORED_ROWS,
    OrganisationRow,
    PrerequisiteRow,
    SourceRow,
    UnsuitableRow,
    filled_rows,
    rows_field,
)
from hub.web.fields import (
    CodeField,
    CodesField,
    HubForm,
    RowsField,
    described_options,
    filled,
    options,
    text_field,
    web_address,
)
from hub.web.i18n import language_name, translate
from hub.web.sessions import viewer

Stored = dict[str, Any]

YEAR_DIGITS = 4
SCHEMES = frozenset(scheme.value for scheme in TermScheme)


class PartForm(HubForm):
    """One page of the record. `stored` reads it from a revision, `details` says what was typed.

    Fields are named like those of `InnovationDetails`; a form whose fields are not says itself how to read them.
    """

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of its fields in the order of the page, without those of the form machinery."""
        fields = {name: field for name in dir(cls) if isinstance(field := getattr(cls, name), UnboundField)}
        return tuple(sorted(fields, key=lambda name: fields[name].creation_counter))

    @classmethod
    def stored(cls, revision: InnovationRevision) -> Stored:
        """Return the stored values by field name."""
        return {name: _stored(revision, name) for name in cls.names()}

    def details(self) -> InnovationDetails:
        """Return what was typed; only after the form was found valid."""
        return InnovationDetails(**{name: _typed(self[name]) for name in self.names()})

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields, then what is always true of an innovation; errors go to their fields."""
        if not super().validate(extra_validators):
            return False
        # several rows may have the same fault: it is said once
        faults = {
            (each.field, each.message, *each.parameters.values()): each for each in self.details().faults()
        }
        for fault in faults.values():
            self.refuse(fault)
        return not faults


def _stored(revision: InnovationRevision, name: str) -> str | list[str] | list[dict[str, str]]:
    """Return the stored value of one field as a form shows it; below stored rows there is room for one more."""
    if name in STORED_ROWS:
        rows = STORED_ROWS[name](revision)
        return [*rows, dict.fromkeys(rows[0], "")] if rows else []
    if name == "countries":
        return list(revision.deployed_in)
    if name in TEXT_FIELDS:
        return str(getattr(revision.source_text, name))
    if name in SCHEMES:
        return list(revision.codes(TermScheme(name)))
    return str(getattr(revision, name) or "")


def _typed(field: Field) -> Any:  # noqa: ANN401 - any field's value
    """Return what was typed into one field as `InnovationDetails` takes it; nothing is None but for prose."""
    if isinstance(field, CodesField):
        return codes(field)
    if isinstance(field, RowsField):
        return tuple(row.details() for row in filled_rows(field))
    if field.short_name == "year_started":
        return int(field.data) if field.data else None
    return field.data if field.short_name in TEXT_FIELDS else field.data or None


def codes(field: CodesField) -> tuple[str, ...]:
    """Return the chosen codes without repetitions, in the order they were chosen."""
    return tuple(dict.fromkeys(field.data or ()))


class LanguagesField(CodesField):
    """Languages. A code that is stored but not on offer, such as one from an import, stays on the list and is kept."""

    def iter_choices(self) -> Iterator[Choice]:
        """Return the languages on offer, then those chosen besides."""
        offered = list(super().iter_choices())
        known = {choice.value for choice in offered}
        others = (code for code in dict.fromkeys(self.data or ()) if code not in known)
        return iter(
            [*offered, *(Choice(code, language_name(code), selected=True, render_kw={}) for code in others)]
        )

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401 - a form of WTForms
        """Refuse what is no language that has a name."""
        del form
        bases = {code.partition("-")[0] for code in language_codes()}
        if any(code.partition("-")[0] not in bases for code in self.data or ()):
            raise ValidationError(translate("Choose from the list."))


class NewForm(PartForm):
    """The name with which a record begins, and the language of its texts."""

    name = prose_field("name", filled(_l("Enter a name.")))
    language = CodeField(
        _l("Language of the texts"),
        [filled(_l("Choose a language."))],
        choices=language_options,
        default=page_language,
    )

    def details(self) -> InnovationDetails:
        """Return the name; the language is told when the record is registered."""
        return InnovationDetails(name=self.name.data)


class NameForm(PartForm):
    """Name and short description."""

    name = prose_field("name", filled(_l("Enter a name.")))
    short_description = prose_field("short_description")


class ProblemForm(PartForm):
    """The problem that the innovation addresses, and what is new about it."""

    problem = prose_field("problem")
    novelty = prose_field("novelty")


class DescriptionForm(PartForm):
    """The description, in Markdown."""

    description = prose_field("description")


class KindForm(PartForm):
    """What kind of thing it is, how far it has come, and since when."""

    kind = CodeField(LABELS["kind"], choices=lambda: options("kinds"))
    stage = CodeField(
        LABELS["stage"], choices=lambda: [*options("stages"), (NOT_CHOSEN, translate("Not known"))]
    )
    year_started = text_field(LABELS["year_started"], 10)

    def validate_year_started(self, field: StringField) -> None:
        """Ask for a whole number."""
        if field.data and not (
            field.data.isascii() and field.data.isdigit() and len(field.data) == YEAR_DIGITS
        ):
            raise ValidationError(translate("Enter the year as four digits, such as 2019."))


class FunctionsForm(PartForm):
    """What the innovation helps to do, and against which offences."""

    functions = CodesField(LABELS["functions"], choices=lambda: options("functions"))
    offences = CodesField(LABELS["offences"], choices=lambda: options("offences"))


class UsersForm(PartForm):
    """Who uses it, and in which sectors."""

    sectors = CodesField(LABELS["sectors"], choices=lambda: options("sectors"))
    policy_areas = CodesField(LABELS["policy_areas"], choices=lambda: options("policy_areas"))
    intended_users = CodesField(LABELS["intended_users"], choices=lambda: options("intended_users"))


class StandardsForm(PartForm):
    """Data standards that it reads and writes."""

    standards_read = CodesField(LABELS["standards_read"], choices=lambda: described_options("standards"))
    standards_written = CodesField(
        LABELS["standards_written"], choices=lambda: described_options("standards")
    )


class LicenceForm(PartForm):
    """Licence and links."""

    licence = CodeField(LABELS["licence"], choices=lambda: [(NOT_CHOSEN, ""), *options("licences")])
    website_url = text_field(LABELS["website_url"], URL_LENGTH, web_address)
    code_url = text_field(LABELS["code_url"], URL_LENGTH, web_address)
    documentation_url = text_field(LABELS["documentation_url"], URL_LENGTH, web_address)
    demo_url = text_field(LABELS["demo_url"], URL_LENGTH, web_address)
    based_on = text_field(LABELS["based_on"], URL_LENGTH, web_address)


class OrganisationForm(PartForm):
    """The organisation that is responsible: one of the list, or for a focal point a new one by name."""

    organisation_id = CodeField(LABELS["organisation_id"], choices=organisation_options)
    organisation_name = text_field(LABELS["organisation_name"], ORGANISATION_NAME_LENGTH)

    @classmethod
    def stored(cls, revision: InnovationRevision) -> Stored:
        """Return the responsible organisation; a new name is only ever typed."""
        return {"organisation_id": str(revision.innovation.owner_id or ""), "organisation_name": ""}

    def details(self) -> InnovationDetails:
        """Return the new name where one was typed, else the choice."""
        if self.organisation_name.data:
            return InnovationDetails(organisation_name=self.organisation_name.data)
        chosen = self.organisation_id.data
        return InnovationDetails(organisation_id=int(chosen)) if chosen else InnovationDetails()

    @property
    def may_name_new(self) -> bool:
        """Whether this person may name an organisation that the hub does not know: the focal point of one country."""
        return len(viewer().focal_countries) == 1


class PartnersForm(PartForm):
    """Organisations that take part besides the responsible one."""

    organisations = rows_field(OrganisationRow, LABELS["organisations"])


class CountriesForm(PartForm):
    """Countries where the innovation is in use or cannot be used, and the languages it speaks."""

    countries = CodesField(LABELS["countries"], choices=country_options)
    languages = LanguagesField(LABELS["languages"], choices=language_options)
    unsuitable = rows_field(UnsuitableRow, LABELS["unsuitable"], room=1)


class ContactForm(PartForm):
    """Whom readers ask."""

    contact_name = text_field(LABELS["contact_name"], LINE_LENGTH)
    contact_address = text_field(LABELS["contact_address"], URL_LENGTH)


class PrerequisitesForm(PartForm):
    """What must be there before the innovation can work."""

    prerequisites = rows_field(PrerequisiteRow, LABELS["prerequisites"])


class EffortForm(PartForm):
    """What it costs, who runs it, and how long it takes to begin."""

    cost_band = CodeField(
        LABELS["cost_band"],
        choices=lambda: [*options("cost_bands"), (NOT_CHOSEN, translate("Not known"))],
    )
    staffing = text_field(LABELS["staffing"], PARAGRAPH_LENGTH, area=True)
    time_to_deploy = text_field(LABELS["time_to_deploy"], LINE_LENGTH)


class ConditionsForm(PartForm):
    """On what success depends."""

    conditions = prose_field("conditions")


class ResultsForm(PartForm):
    """What came of it."""

    results = prose_field("results")


class LessonsForm(PartForm):
    """What was hard, and what others should know."""

    lessons = prose_field("lessons")


class SafeguardsForm(PartForm):
    """What could go wrong, and what is done against it."""

    do_no_harm = prose_field("do_no_harm")
    privacy = prose_field("privacy")
    misuse_risk = prose_field("misuse_risk")
    error_rates = prose_field("error_rates")


class SourcesForm(PartForm):
    """Where the facts of the record can be read."""

    sources = rows_field(SourceRow, LABELS["sources"])
