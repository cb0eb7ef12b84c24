"""The parts of a showcase in the order of thought: their pages, and how far each is."""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext as _l
from wtforms import Field, RadioField

from hub.core.errors import NotFoundError
from hub.showcases.making.changing import changeable
from hub.showcases.making.completeness import missing_parts
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.web.catalogue.parts import shown_value as shown_in_catalogue
from hub.web.curating.audience_form import AudienceForm
from hub.web.curating.part_form import PartForm
from hub.web.curating.place_form import PlaceForm
from hub.web.curating.text_forms import AboutForm, AccessForm, CriteriaForm, SourcesForm, SponsorsForm
from hub.web.curating.time_forms import CallForm, DaysForm, RegistrationForm


@dataclass(frozen=True)
class Part:
    """One page about a showcase.

    Args:
        key: its place in the address, and the name of its template.
        group: heading on the task list.
        title: what it asks.
        hint: one line of help there.
        form: its form.
        fields: the fields of `ShowcaseDetails` that it says.
        of_coming: whether a showcase with a call has it.
        of_past: whether a past one from public sources has it.
    """

    key: str
    group: LazyString
    title: LazyString
    hint: LazyString
    form: type[PartForm]
    fields: tuple[str, ...]
    of_coming: bool = True
    of_past: bool = True

    def belongs_to(self, showcase: Showcase) -> bool:
        """Whether a showcase has this part."""
        return self.of_past if showcase.is_compiled else self.of_coming


WHAT, WHOM = _l("What and where"), _l("For whom")
CALL, REGISTRATION, SOURCES = _l("The call and its criteria"), _l("Registration"), _l("Sources")

PARTS = (
    Part(
        "about",
        WHAT,
        _l("What it is"),
        _l("Name, host event, summary, description"),
        AboutForm,
        ("name", "host_event", "summary", "description", "language"),
    ),
    Part("place", WHAT, _l("Where"), _l("On site or online, city, time zone"), PlaceForm, ("place",)),
    Part("days", WHAT, _l("When"), _l("Beginning and end"), DaysForm, ("days",)),
    Part(
        "access",
        WHAT,
        _l("Accessibility and languages"),
        _l("How everybody can take part"),
        AccessForm,
        ("accessibility", "languages"),
    ),
    Part(
        "sponsors",
        WHAT,
        _l("Sponsors"),
        _l("Who pays or gives something, or that nobody does"),
        SponsorsForm,
        ("sponsors",),
    ),
    Part(
        "audience",
        WHOM,
        _l("Audience and label"),
        _l("Who finds it, proposes and registers"),
        AudienceForm,
        ("readership",),
    ),
    Part(
        "call",
        CALL,
        _l("Call for entries"),
        _l("What you look for, and until when"),
        CallForm,
        ("call",),
        of_past=False,
    ),
    Part(
        "criteria",
        CALL,
        _l("Criteria and weights"),
        _l("What entries are scored by"),
        CriteriaForm,
        ("criteria",),
        of_past=False,
    ),
    Part(
        "registration",
        REGISTRATION,
        _l("Registration"),
        _l("Whether people register, until when, how many places"),
        RegistrationForm,
        ("registering",),
        of_past=False,
    ),
    Part(
        "sources",
        SOURCES,
        _l("Sources and what is not known"),
        _l("Where each fact can be read"),
        SourcesForm,
        ("sources", "unknowns"),
        of_coming=False,
    ),
)
"""Every part, in order."""


def parts_of(showcase: Showcase) -> tuple[Part, ...]:
    """Return the parts that a showcase has, in order."""
    return tuple(part for part in PARTS if part.belongs_to(showcase))


def part_of(showcase: Showcase, key: str) -> Part:
    """Return the part of a showcase with `key`.

    Raises:
        NotFoundError: it has none.
    """
    found = next((part for part in parts_of(showcase) if part.key == key), None)
    if found is None:
        raise NotFoundError
    return found


def following(part: Part, showcase: Showcase) -> Part | None:
    """Return the part after `part`, or None at the end."""
    parts = parts_of(showcase)
    position = parts.index(part) + 1
    return parts[position] if position < len(parts) else None


def is_open(part: Part, showcase: Showcase) -> bool:
    """Whether something of a part can be changed now."""
    return bool(changeable(showcase) & set(part.fields))


def states_of(showcase: Showcase) -> dict[str, str]:
    """Return how far each part is, by its key: `done`, `started`, `todo`, or `free` while an optional one is empty."""
    missing = set(missing_parts(showcase))
    return {part.key: _state(part, showcase, missing & set(part.fields)) for part in parts_of(showcase)}


def _state(part: Part, showcase: Showcase, missing: set[str]) -> str:
    if part.key == "registration":
        return "done" if showcase.registration_opens_at else "free"
    filled = is_filled(part, showcase)
    if not missing or showcase.status is not ShowcaseStatus.DRAFT:
        # of one that is shown nothing is missing, though moments pass
        return "done" if filled else "free"
    return "started" if filled else "todo"


def is_filled(part: Part, showcase: Showcase) -> bool:
    """Whether anything is said in this part besides what a showcase begins with."""
    if part.key == "about":
        return bool(showcase.summary or showcase.description)
    if part.key == "call":
        return bool(showcase.call_words or showcase.call_closes_at)
    return any(_says_something(value) for value in part.form.stored(showcase).values())


def _says_something(value: str | list[str] | list[dict[str, str]]) -> bool:
    if isinstance(value, list):
        return any(any(row.values()) if isinstance(row, dict) else row for row in value)
    return bool(value)


def missing_of(part: Part, showcase: Showcase) -> bool:
    """Whether a part lacks something that every showcase needs."""
    return bool(set(missing_parts(showcase)) & set(part.fields))


def form_of(part: Part, showcase: Showcase, **sources: object) -> PartForm:
    """Return the form of a part for a showcase.

    Args:
        part: the part.
        showcase: what it is about.
        sources: `formdata` or `data`, as forms take them.
    """
    form = part.form(**sources)
    form.showcase = showcase
    if isinstance(form, (PlaceForm, AudienceForm, RegistrationForm)):
        form.offer()
    return form


def shown_value(field: Field) -> str | list[str]:
    """Return the value of a filled form field as people read it."""
    if isinstance(field, RadioField):
        return next((str(label) for code, label in field.choices or () if code == field.data), "")
    return shown_in_catalogue(field)
