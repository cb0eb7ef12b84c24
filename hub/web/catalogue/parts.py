"""The parts of a record in the order of thought: the task list, its pages, and what each shows."""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext as _l
from wtforms import Field

from hub.catalogue.models import InnovationRevision
from hub.web.catalogue.audience import AudienceForm
from hub.web.catalogue.forms import (
    ConditionsForm,
    ContactForm,
    CountriesForm,
    DescriptionForm,
    EffortForm,
    FunctionsForm,
    KindForm,
    LessonsForm,
    LicenceForm,
    NameForm,
    OrganisationForm,
    PartForm,
    PartnersForm,
    PrerequisitesForm,
    ProblemForm,
    ResultsForm,
    SafeguardsForm,
    SourcesForm,
    StandardsForm,
    UsersForm,
)
from hub.web.catalogue.rows import filled_rows
from hub.web.fields import CodeField, CodesField, RowsField
from hub.web.i18n import translate


@dataclass(frozen=True)
class Part:
    """One page of the record.

    Args:
        key: its place in the address, and the name of its template.
        group: heading on the task list.
        title: what it asks.
        hint: one line of help on the task list.
        form: its form.
        needed: the fields of `missing_parts` that are filled in here.
    """

    key: str
    group: LazyString
    title: LazyString
    hint: LazyString | str
    form: type[PartForm]
    needed: tuple[str, ...] = ()


ABOUT, DOES, WHERE = _l("About it"), _l("What it does"), _l("Who and where")
TAKES, CAME, RISKS = _l("What it takes"), _l("What came of it"), _l("Risks and readers")

PARTS = (
    Part(
        "name",
        ABOUT,
        _l("Name and short description"),
        _l("Two lines that a stranger reads in a list"),
        NameForm,
        ("name", "short_description"),
    ),
    Part(
        "problem", ABOUT, _l("Problem and what is new"), _l("What went wrong, and what is new"), ProblemForm
    ),
    Part("description", ABOUT, _l("Description"), _l("How it works, who runs it, for whom"), DescriptionForm),
    Part("kind", ABOUT, _l("Kind, stage and year"), _l("“Not known” is a fair answer"), KindForm, ("kind",)),
    Part(
        "functions",
        DOES,
        _l("Functions and offences"),
        _l("So that investigators find it"),
        FunctionsForm,
        ("functions",),
    ),
    Part("users", DOES, _l("Sectors and users"), _l("Where it is used, and by whom"), UsersForm),
    Part("standards", DOES, _l("Data standards"), _l("What it reads and writes"), StandardsForm),
    Part("licence", DOES, _l("Licence and technology"), _l("Terms, code, documentation, demo"), LicenceForm),
    Part(
        "organisation",
        WHERE,
        _l("Responsible organisation"),
        _l("The one that answers for it"),
        OrganisationForm,
        ("organisation_id",),
    ),
    Part(
        "partners", WHERE, _l("Organisations that take part"), _l("Who pays, builds and tests"), PartnersForm
    ),
    Part(
        "countries",
        WHERE,
        _l("Countries and languages"),
        _l("Where it is in use, and where it cannot be used"),
        CountriesForm,
        ("countries",),
    ),
    Part("contact", WHERE, _l("Contact point"), _l("An office rather than a person"), ContactForm),
    Part(
        "prerequisites",
        TAKES,
        _l("Prerequisites"),
        _l("Law, data, registry, staff, technology, budget"),
        PrerequisitesForm,
    ),
    Part("effort", TAKES, _l("Cost, staff and time"), _l("“Not known” is a fair answer"), EffortForm),
    Part("conditions", TAKES, _l("Conditions for success"), _l("On what it depends"), ConditionsForm),
    Part("results", CAME, _l("Results"), _l("What changed since it runs"), ResultsForm),
    Part(
        "lessons", CAME, _l("Challenges and lessons"), _l("What you would tell who comes next"), LessonsForm
    ),
    Part("sources", CAME, _l("Sources"), _l("Where others can read about it"), SourcesForm, ("sources",)),
    Part("safeguards", RISKS, _l("Safeguards"), _l("Harm, privacy, misuse, errors"), SafeguardsForm),
    Part("audience", RISKS, _l("Audience and label"), _l("Everybody, or fewer"), AudienceForm, ("audience",)),
)
"""Every part, in order."""

BY_KEY = {part.key: part for part in PARTS}

MINUTES_A_PART = 2
"""Minutes that a part takes, as told on the start page and the task list."""


def part_of(field: str) -> Part | None:
    """Return the part on whose page the field `field` stands, or None."""
    return next((part for part in PARTS if field in part.form.names()), None)


def following(part: Part) -> Part | None:
    """Return the part after `part`, or None at the end."""
    position = PARTS.index(part) + 1
    return PARTS[position] if position < len(PARTS) else None


NEEDED = tuple(part for part in PARTS if part.needed and part.key != "sources")
"""The parts that every record needs; only those compiled by others need sources."""


def is_filled(part: Part, revision: InnovationRevision) -> bool:
    """Whether anything is stored in this part."""
    return any(_says_something(value) for value in part.form.stored(revision).values())


def _says_something(value: str | list[str] | list[dict[str, str]]) -> bool:
    """Whether a stored value says something: of several rows, at least one is not empty."""
    if isinstance(value, list):
        return any(any(row.values()) if isinstance(row, dict) else row for row in value)
    return bool(value)


def state_of(part: Part, revision: InnovationRevision) -> str:
    """Return how far a part is: `done`, `started`, `todo`, `free` while an optional one is empty, or `fix`.

    `fix` stands while a coordinator's words there are unanswered.
    """
    if revision.changes_asked and revision.changes_asked.unanswered_fields & set(part.form.names()):
        return "fix"
    missing = set(revision.missing_parts) & set(part.needed)
    if not missing:
        return "done" if is_filled(part, revision) else "free"
    return "started" if is_filled(part, revision) else "todo"


def shown_value(field: Field) -> str | list[str]:
    """Return the value of a filled form field as people read it; of several rows, each in one line."""
    if isinstance(field, CodesField):
        chosen = field.data or ()
        if not chosen:
            return translate(field.none_means)
        return [label for code, label, *_rest in field.iter_choices() if code in chosen]
    if isinstance(field, CodeField):
        return next(
            (label for code, label, *_rest in field.iter_choices() if code and code == field.data), ""
        )
    if isinstance(field, RowsField):
        rows = ([str(shown_value(each)) for each in row.fields_told()] for row in filled_rows(field))
        return [" · ".join(filter(None, words)) for words in rows]
    return str(field.data or "")
