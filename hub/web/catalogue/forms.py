"""The forms of the catalogue, one a page; each gives the frozen `InnovationDetails` that it asks about."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, ValidationError

from hub.access.viewer import Viewer
from hub.catalogue.models import InnovationDetails, InnovationRevision, TermScheme
from hub.catalogue.models.content import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    PARAGRAPH_LENGTH,
    SHORT_DESCRIPTION_LENGTH,
)
from hub.catalogue.models.revision import URL_LENGTH
from hub.core.errors import InvalidError
from hub.organisations.queries import organisations_spoken_for
from hub.vocabularies.loader import vocabulary
from hub.web.fields import CodeField, CodesField, filled, options, text_field
from hub.web.i18n import country_name, translate
from hub.web.sessions import viewer

NOT_CHOSEN = ""


class PartForm(FlaskForm):  # type: ignore[misc]
    """One page of the record. `stored` reads it from a revision, `details` says what was typed."""

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        """Return the stored values by field name."""
        raise NotImplementedError

    def details(self) -> InnovationDetails:
        """Return what was typed; only after the form was found valid."""
        raise NotImplementedError

    def validate(self, extra_validators: Any = None) -> bool:
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
        if error.field in self and self[error.field].type != "FieldList":
            self[error.field].errors = [*self[error.field].errors, words]
        else:
            self.form_errors.append(words)


class NameForm(PartForm):
    """Name and short description."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter a name.")))
    short_description = text_field(_l("Short description"), SHORT_DESCRIPTION_LENGTH, area=True)

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        words = revision.source_text
        return {"name": words.name, "short_description": words.short_description}

    def details(self) -> InnovationDetails:
        return InnovationDetails(name=self.name.data, short_description=self.short_description.data)


class NewForm(PartForm):
    """The name with which a record begins."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter a name.")))

    def details(self) -> InnovationDetails:
        return InnovationDetails(name=self.name.data)


class ProblemForm(PartForm):
    """The problem that the innovation addresses."""

    problem = text_field(_l("Problem addressed"), PARAGRAPH_LENGTH, area=True)

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        return {"problem": revision.source_text.problem}

    def details(self) -> InnovationDetails:
        return InnovationDetails(problem=self.problem.data)


class DescriptionForm(PartForm):
    """The description, in Markdown."""

    description = text_field(_l("Description"), DESCRIPTION_LENGTH, area=True)

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        return {"description": revision.source_text.description}

    def details(self) -> InnovationDetails:
        return InnovationDetails(description=self.description.data)


class KindForm(PartForm):
    """What kind of thing it is, how far it has come, and since when."""

    kind = CodeField(_l("Kind"))
    stage = CodeField(_l("Stage"))
    year_started = text_field(_l("Year it started"), 10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = options("kinds")
        self.stage.choices = [*options("stages"), (NOT_CHOSEN, translate("Not known"))]

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        return {
            "kind": revision.kind or NOT_CHOSEN,
            "stage": revision.stage or NOT_CHOSEN,
            "year_started": str(revision.year_started or ""),
        }

    def validate_year_started(self, field: StringField) -> None:
        """Ask for a whole number."""
        if field.data and not (field.data.isascii() and field.data.isdigit() and len(field.data) <= 4):  # noqa: PLR2004 - digits of a year
            raise ValidationError(translate("Enter the year as four digits, such as 2019."))

    def details(self) -> InnovationDetails:
        return InnovationDetails(
            kind=self.kind.data or None,
            stage=self.stage.data or None,
            year_started=int(self.year_started.data) if self.year_started.data else None,
        )


class FunctionsForm(PartForm):
    """What the innovation helps to do, and against which offences."""

    functions = CodesField(_l("What it helps to do"))
    offences = CodesField(_l("Offences it is used against"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.functions.choices = options("functions")
        self.offences.choices = options("offences")

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        return {
            "functions": list(revision.codes(TermScheme.FUNCTIONS)),
            "offences": list(revision.codes(TermScheme.OFFENCES)),
        }

    def details(self) -> InnovationDetails:
        return InnovationDetails(functions=codes(self.functions), offences=codes(self.offences))


class UsersForm(PartForm):
    """Who uses it, and in which sectors."""

    sectors = CodesField(_l("Sectors"))
    intended_users = CodesField(_l("Intended users"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sectors.choices = options("sectors")
        self.intended_users.choices = options("intended_users")

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        return {
            "sectors": list(revision.codes(TermScheme.SECTORS)),
            "intended_users": list(revision.codes(TermScheme.INTENDED_USERS)),
        }

    def details(self) -> InnovationDetails:
        return InnovationDetails(sectors=codes(self.sectors), intended_users=codes(self.intended_users))


class StandardsForm(PartForm):
    """Data standards that it reads and writes."""

    standards_read = CodesField(_l("Standards it reads"))
    standards_written = CodesField(_l("Standards it writes"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standards_read.choices = options("standards")
        self.standards_written.choices = options("standards")

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        return {
            "standards_read": list(revision.codes(TermScheme.STANDARDS_READ)),
            "standards_written": list(revision.codes(TermScheme.STANDARDS_WRITTEN)),
        }

    def details(self) -> InnovationDetails:
        return InnovationDetails(
            standards_read=codes(self.standards_read), standards_written=codes(self.standards_written)
        )


class LicenceForm(PartForm):
    """Licence and links."""

    licence = CodeField(_l("Licence"))
    website_url = text_field(_l("Website"), URL_LENGTH)
    code_url = text_field(_l("Source code"), URL_LENGTH)
    documentation_url = text_field(_l("Documentation"), URL_LENGTH)
    demo_url = text_field(_l("Demonstration"), URL_LENGTH)
    LINKS = ("website_url", "code_url", "documentation_url", "demo_url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.licence.choices = [(NOT_CHOSEN, ""), *options("licences")]

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        return {
            "licence": revision.licence or NOT_CHOSEN,
            **{name: getattr(revision, name) or "" for name in LicenceForm.LINKS},
        }

    def details(self) -> InnovationDetails:
        return InnovationDetails(
            licence=self.licence.data or None,
            website_url=self.website_url.data or None,
            code_url=self.code_url.data or None,
            documentation_url=self.documentation_url.data or None,
            demo_url=self.demo_url.data or None,
        )


class OrganisationForm(PartForm):
    """The organisation that is responsible."""

    organisation_id = CodeField(_l("Responsible organisation"))
    organisation_name = text_field(_l("Or the name of an organisation that is not on the list"), 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken_for = organisations_spoken_for(viewer())
        self.organisation_id.choices = [
            (NOT_CHOSEN, translate("Choose an organisation")),
            *((str(each.id), each.name) for each in spoken_for),
        ]
        self.may_name_new = can_name_new(viewer())

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        return {"organisation_id": str(revision.innovation.owner_id or ""), "organisation_name": ""}

    def details(self) -> InnovationDetails:
        chosen = int(self.organisation_id.data) if self.organisation_id.data else None
        name = self.organisation_name.data or ""
        if name:
            return InnovationDetails(organisation_name=name)
        return InnovationDetails(organisation_id=chosen) if chosen else InnovationDetails()


def can_name_new(somebody: Viewer) -> bool:
    """Whether `somebody` may name an organisation that the hub does not know."""
    return len(somebody.focal_countries) == 1


class CountriesForm(PartForm):
    """Countries where the innovation is in use."""

    countries = CodesField(_l("Countries where it is in use"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.countries.choices = country_options()

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
        return {"countries": list(revision.deployed_in)}

    def details(self) -> InnovationDetails:
        return InnovationDetails(countries=codes(self.countries))


def codes(field: CodesField) -> tuple[str, ...]:
    """Return the chosen codes without repetitions, in the order they were chosen."""
    return tuple(dict.fromkeys(field.data or ()))


def country_options() -> list[tuple[str, str]]:
    """Return (code, name) of every country, by name in this request's language."""
    named = [(each.code, country_name(each.code)) for each in vocabulary("countries").terms]
    return sorted(named, key=lambda pair: pair[1])
