"""The forms of the catalogue, one a page; each gives the frozen `InnovationDetails` that it asks about."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField, ValidationError
from wtforms.fields.core import UnboundField

from hub.catalogue.models import InnovationDetails, InnovationRevision, TermScheme
from hub.catalogue.models.content import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    PARAGRAPH_LENGTH,
    SHORT_DESCRIPTION_LENGTH,
    TEXT_FIELDS,
    URL_LENGTH,
)
from hub.core.errors import InvalidError
from hub.organisations.models import NAME_LENGTH as ORGANISATION_NAME_LENGTH
from hub.organisations.queries import organisations_spoken_for
from hub.vocabularies.loader import Term, vocabulary
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
from hub.web.i18n import by_name, country_name, translate
from hub.web.sessions import viewer

Stored = dict[str, Any]

NOT_CHOSEN = ""
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
        try:
            self.details().check()
        except InvalidError as error:
            self.refuse(error)
            return False
        return True

    def refuse(self, error: InvalidError) -> None:
        """Show the words of `error` at its field."""
        words = translate(error.message, **error.parameters)
        if error.field in self and not isinstance(self[error.field], RowsField):
            self[error.field].errors = [*self[error.field].errors, words]
        else:
            self.form_errors.append(words)


def _stored(revision: InnovationRevision, name: str) -> str | list[str]:
    """Return the stored value of one field as a form shows it."""
    if name in TEXT_FIELDS:
        return str(getattr(revision.source_text, name))
    if name in SCHEMES:
        return list(revision.codes(TermScheme(name)))
    return str(getattr(revision, name) or "")


def _typed(field: Field) -> Any:  # noqa: ANN401 - any field's value
    """Return what was typed into one field as `InnovationDetails` takes it; nothing is None but for prose."""
    if isinstance(field, CodesField):
        return codes(field)
    if field.short_name == "year_started":
        return int(field.data) if field.data else None
    return field.data if field.short_name in TEXT_FIELDS else field.data or None


def codes(field: CodesField) -> tuple[str, ...]:
    """Return the chosen codes without repetitions, in the order they were chosen."""
    return tuple(dict.fromkeys(field.data or ()))


def organisation_options() -> list[tuple[str, str]]:
    """Return (id, name) of the organisations that this person may speak for, after an empty choice."""
    spoken_for = ((str(each.id), each.name) for each in organisations_spoken_for(viewer()))
    return [(NOT_CHOSEN, translate("Choose an organisation")), *spoken_for]


def country_options() -> list[tuple[str, str, dict[str, str]]]:
    """Return (code, name, other names as an attribute) of every country, by name in this request's language."""
    named = {country_name(each.code): each for each in vocabulary("countries").terms}
    return [(named[name].code, name, also(named[name])) for name in by_name(named)]


def also(term: Term) -> dict[str, str]:
    """Return the attribute by which the autocomplete finds an option under its other names."""
    return {"data-also": ", ".join(term.aliases)} if term.aliases else {}


class NewForm(PartForm):
    """The name with which a record begins."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter a name.")))


class NameForm(NewForm):
    """Name and short description."""

    short_description = text_field(_l("Short description"), SHORT_DESCRIPTION_LENGTH, area=True)


class ProblemForm(PartForm):
    """The problem that the innovation addresses."""

    problem = text_field(_l("Problem addressed"), PARAGRAPH_LENGTH, area=True)


class DescriptionForm(PartForm):
    """The description, in Markdown."""

    description = text_field(_l("Description"), DESCRIPTION_LENGTH, area=True)


class KindForm(PartForm):
    """What kind of thing it is, how far it has come, and since when."""

    kind = CodeField(_l("Kind"), choices=lambda: options("kinds"))
    stage = CodeField(_l("Stage"), choices=lambda: [*options("stages"), (NOT_CHOSEN, translate("Not known"))])
    year_started = text_field(_l("Year it started"), 10)

    def validate_year_started(self, field: StringField) -> None:
        """Ask for a whole number."""
        if field.data and not (
            field.data.isascii() and field.data.isdigit() and len(field.data) == YEAR_DIGITS
        ):
            raise ValidationError(translate("Enter the year as four digits, such as 2019."))


class FunctionsForm(PartForm):
    """What the innovation helps to do, and against which offences."""

    functions = CodesField(_l("What it helps to do"), choices=lambda: options("functions"))
    offences = CodesField(_l("Offences it is used against"), choices=lambda: options("offences"))


class UsersForm(PartForm):
    """Who uses it, and in which sectors."""

    sectors = CodesField(_l("Sectors"), choices=lambda: options("sectors"))
    policy_areas = CodesField(_l("Policy areas"), choices=lambda: options("policy_areas"))
    intended_users = CodesField(_l("Intended users"), choices=lambda: options("intended_users"))


class StandardsForm(PartForm):
    """Data standards that it reads and writes."""

    standards_read = CodesField(_l("Standards it reads"), choices=lambda: described_options("standards"))
    standards_written = CodesField(_l("Standards it writes"), choices=lambda: described_options("standards"))


class LicenceForm(PartForm):
    """Licence and links."""

    licence = CodeField(_l("Licence"), choices=lambda: [(NOT_CHOSEN, ""), *options("licences")])
    website_url = text_field(_l("Website"), URL_LENGTH, web_address)
    code_url = text_field(_l("Source code"), URL_LENGTH, web_address)
    documentation_url = text_field(_l("Documentation"), URL_LENGTH, web_address)
    demo_url = text_field(_l("Demonstration"), URL_LENGTH, web_address)


class OrganisationForm(PartForm):
    """The organisation that is responsible: one of the list, or for a focal point a new one by name."""

    organisation_id = CodeField(_l("Responsible organisation"), choices=organisation_options)
    organisation_name = text_field(
        _l("Or the name of an organisation that is not on the list"), ORGANISATION_NAME_LENGTH
    )

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


class CountriesForm(PartForm):
    """Countries where the innovation is in use."""

    countries = CodesField(_l("Countries where it is in use"), choices=country_options)

    @classmethod
    def stored(cls, revision: InnovationRevision) -> Stored:
        """Return the countries where it is in use."""
        return {"countries": list(revision.deployed_in)}
