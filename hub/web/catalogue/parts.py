"""The parts of a record in the order of thought: the task list, its pages, and what each shows."""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext as _l
from wtforms import Field

from hub.catalogue.models import InnovationRevision
from hub.web.catalogue.audience import AudienceForm
from hub.web.catalogue.forms import (
    CountriesForm,
    DescriptionForm,
    FunctionsForm,
    KindForm,
    LicenceForm,
    NameForm,
    OrganisationForm,
    PartForm,
    ProblemForm,
    StandardsForm,
    UsersForm,
)
from hub.web.catalogue.sources import SourcesForm
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
BACKING, SEEN = _l("Sources"), _l("Who may see it")

PARTS = (
    Part(
        "name",
        ABOUT,
        _l("Name and short description"),
        _l("Up to 150 characters, in the language of this page"),
        NameForm,
        ("name", "short_description"),
    ),
    Part("problem", ABOUT, _l("Problem addressed"), _l("What went wrong before"), ProblemForm),
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
    Part("licence", DOES, _l("Licence and links"), _l("“Not stated” is a fair answer"), LicenceForm),
    Part(
        "organisation",
        WHERE,
        _l("Responsible organisation"),
        _l("The one that answers for it"),
        OrganisationForm,
        ("organisation_id",),
    ),
    Part("countries", WHERE, _l("Countries"), _l("Where it is in use"), CountriesForm, ("countries",)),
    Part("sources", BACKING, _l("Sources"), _l("Where others can read about it"), SourcesForm, ("sources",)),
    Part("audience", SEEN, _l("Audience and label"), _l("Everybody, or fewer"), AudienceForm, ("audience",)),
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


def is_filled(part: Part, revision: InnovationRevision) -> bool:
    """Whether anything is stored in this part."""
    stored = part.form.stored(revision)
    if part.key == "sources":
        return bool(revision.sources)
    return any(bool(value) for value in stored.values())


def state_of(part: Part, revision: InnovationRevision) -> str:
    """Return how far a part is: `fix` while a coordinator's words there are unanswered, `done`, `started`, `todo`."""
    if revision.changes_asked and revision.changes_asked.unanswered_fields & set(part.form.names()):
        return "fix"
    missing = set(revision.missing_parts) & set(part.needed)
    if not missing:
        return "done" if is_filled(part, revision) else "todo"
    return "started" if is_filled(part, revision) else "todo"


def shown_value(field: Field) -> str | list[str]:
    """Return the value of a filled form field as people read it."""
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
        rows = [entry.data for entry in field if any(entry.data.values())]
        return [
            " · ".join(value for value in (row["title"], row["url"], row["retrieved_on"]) if value)
            for row in rows
        ]
    return str(field.data or "")
