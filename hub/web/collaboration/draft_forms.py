"""The forms of a draft, one a page; each gives the frozen `RequestDetails` that it asks about."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, FormField, RadioField, TextAreaField
from wtforms.fields.core import UnboundField

from hub.collaboration.models import CollaborationRequest
from hub.collaboration.models.requirement import REQUIREMENT_LENGTH
from hub.collaboration.posting.checking import LENGTHS, SCHEMES
from hub.collaboration.posting.details import Dates, RequestDetails, Requirements
from hub.collaboration.queries import requirements_of
from hub.collaboration.requirements.service import MOST_OF_A_KIND
from hub.collaboration.showcases.naming import showcases_offered
from hub.showcases.models import Showcase
from hub.web.catalogue.choices import NOT_CHOSEN, country_options, language_options, page_language
from hub.web.catalogue.forms import LanguagesField, codes
from hub.web.catalogue.reading import record_address
from hub.web.catalogue.rows import RowForm, filled_rows
from hub.web.collaboration.dates import DatesForm, dates_of
from hub.web.collaboration.innovation_field import NAME_LENGTH, innovation_said
from hub.web.collaboration.named import shown_innovation
from hub.web.collaboration.staged import COUNT, LEAVE_OUT, counting_options, shown_showcase
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import AtMost, CodeField, CodesField, RowsField, filled, options, text_field
from hub.web.sessions import viewer
from hub.web.zones import zone_options

Stored = dict[str, Any]

SPARE_ROWS = 3
"""Rows that a page has room for beyond what is stored."""

TYPE = _l("What you look for")
TITLE = _l("Title")


class PartForm(TracesForm):
    """One page of a draft. `stored` reads it from a request, `details` says what was typed; `draft` is the request."""

    draft: CollaborationRequest

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of its fields in the order of the page, without those that only help to fill it in."""
        fields = {
            name: field
            for name in dir(cls)
            if isinstance(field := getattr(cls, name), UnboundField)
            and name not in ("traces_checked", "look")
        }
        return tuple(sorted(fields, key=lambda name: fields[name].creation_counter))

    @classmethod
    def stored(cls, request: CollaborationRequest) -> Stored:
        """Return the stored values by field name."""
        return {name: getattr(request, name) for name in cls.names()}

    def details(self) -> RequestDetails:
        """Return what was typed; only after the form was found valid.

        Raises:
            InvalidError: something named is not there; names the field.
        """
        values = {name: self[name].data for name in self.names()}
        return RequestDetails(**values, traces_checked=self.has_checked_traces)


class BeginForm(TracesForm):
    """With what a request begins: what is looked for, its title, and the language of its texts."""

    traced = ("title",)

    type = CodeField(
        TYPE, [filled(_l("Choose what you look for."))], choices=lambda: options("request_types")
    )
    title = text_field(TITLE, LENGTHS["title"], filled(_l("Enter a title.")))
    language = CodeField(
        _l("Language of the texts"),
        [filled(_l("Choose a language."))],
        choices=language_options,
        default=page_language,
    )


class WhatForm(PartForm):
    """What is looked for, and why."""

    traced = ("title", "summary", "background", "outcome_wanted")

    type = CodeField(
        _l("Type of request"),
        [filled(_l("Choose what you look for."))],
        choices=lambda: options("request_types"),
    )
    title = text_field(TITLE, LENGTHS["title"], filled(_l("Enter a title.")))
    summary = text_field(_l("Summary"), LENGTHS["summary"], area=True)
    background = text_field(_l("Background"), LENGTHS["background"], area=True)
    outcome_wanted = text_field(_l("Outcome wanted"), LENGTHS["outcome_wanted"], area=True)
    language = CodeField(
        _l("Language of the texts"), [filled(_l("Choose a language."))], choices=language_options
    )


def one_line(value: object) -> str:
    """Return typed words on one line: a requirement stands in a table."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def short_enough(form: Form, field: Field) -> None:
    """Name the limit to words that are too long; below thirty rows nothing is counted down."""
    AtMost(REQUIREMENT_LENGTH)(form, field)


class RequirementRow(RowForm):
    """One requirement."""

    told = ("words",)

    words = TextAreaField(_l("Requirement"), filters=[one_line], validators=[short_enough])


def requirement_rows(label: Any) -> RowsField:  # noqa: ANN401 - lazy words
    """Return a field of requirements of a kind; a few too many are given back when they are refused."""
    most = MOST_OF_A_KIND + SPARE_ROWS
    return RowsField(FormField(RequirementRow), label, min_entries=SPARE_ROWS, max_entries=most, default=())


class RequirementsForm(PartForm):
    """What a response must answer, and what it may answer."""

    traced = ("essential", "nice_to_have")

    essential = requirement_rows(_l("Essential"))
    nice_to_have = requirement_rows(_l("Nice to have"))

    @classmethod
    def stored(cls, request: CollaborationRequest) -> Stored:
        """Return the requirements in force, with room for one more."""
        version = requirements_of(request)
        return {"essential": _rows(version.essential), "nice_to_have": _rows(version.nice_to_have)}

    def details(self) -> RequestDetails:
        """Return the rows in which anything was entered."""
        essential, nice = (
            tuple(row.words.data for row in filled_rows(field))
            for field in (self.essential, self.nice_to_have)
        )
        return RequestDetails(
            requirements=Requirements(essential, nice), traces_checked=self.has_checked_traces
        )


def _rows(requirements: list[Any]) -> list[dict[str, str]]:
    rows = [{"words": each.words} for each in requirements]
    return [*rows, {"words": ""}] if rows and len(rows) < MOST_OF_A_KIND else rows


class BringsForm(PartForm):
    """What the requester brings."""

    traced = ("brings",)

    brings = text_field(_l("What you bring"), LENGTHS["brings"], area=True)


class AboutForm(PartForm):
    """What the request is about, for whom it is meant, and the innovation and the showcase that it is about."""

    offered: Mapping[str, Showcase]

    functions = CodesField(_l("What it is to help with"), choices=lambda: options("functions"))
    offences = CodesField(_l("Against which offences"), choices=lambda: options("offences"))
    sectors = CodesField(_l("Sectors"), choices=lambda: options("sectors"))
    countries = CodesField(_l("Countries it is about"), choices=country_options)
    languages = LanguagesField(_l("Languages you can work in"), choices=language_options)
    member_types = CodesField(_l("Who could respond"), choices=lambda: options("member_types"))
    innovation = text_field(_l("Innovation it is about"), NAME_LENGTH)
    showcase = CodeField(_l("Showcase it is about"), choices=())
    is_counted = RadioField(
        _l("May the report of the showcase count your request?"), validate_choice=False, default=LEAVE_OUT
    )

    @classmethod
    def stored(cls, request: CollaborationRequest) -> Stored:
        """Return the codes of each scheme, and innovation and showcase where they may be seen."""
        shown, showcase = shown_innovation(request), shown_showcase(request)
        return {
            **{name: list(request.codes(name)) for name in SCHEMES},
            "innovation": record_address(shown) if shown else "",
            "showcase": showcase.public_id if showcase else "",
            "is_counted": (COUNT if request.is_counted else LEAVE_OUT) if request.entry_id else NOT_CHOSEN,
        }

    def details(self) -> RequestDetails:
        """Return the codes, and the innovation and the showcase that are named."""
        named = innovation_said(self.innovation.data, viewer(), field="innovation")
        chosen: dict[str, Any] = {name: codes(self[name]) for name in SCHEMES}
        # one that is hidden from whoever fills this in stays
        if named is not None or shown_innovation(self.draft) is not None:
            chosen["innovation_id"] = named.id if named else None
        if self.showcase.data or shown_showcase(self.draft) is not None:
            chosen["showcase_id"] = self._showcase_id()
        if self.draft.entry_id is not None:
            chosen["is_counted"] = self.is_counted.data == COUNT
        return RequestDetails(**chosen)

    def offer(self, request: CollaborationRequest) -> None:
        """Offer the latest showcases, and the one that the draft is about."""
        shown = shown_showcase(request)
        self.offered = {
            each.public_id: each for each in [*showcases_offered(viewer()), *([shown] if shown else [])]
        }
        names = [(public_id, each.name) for public_id, each in self.offered.items()]
        self.showcase.choices = [(NOT_CHOSEN, ""), *names]
        self.is_counted.choices = counting_options()

    def _showcase_id(self) -> int | None:
        chosen = self.offered.get(self.showcase.data)
        return chosen.id if chosen else None


class WhenForm(DatesForm, PartForm):
    """Until when responses are taken, when the request expires, and in which time zone both are meant."""

    time_zone = CodeField(
        _l("Time zone"),
        [filled(_l("Choose a time zone."))],
        choices=lambda: [(NOT_CHOSEN, ""), *zone_options()],
    )

    @classmethod
    def stored(cls, request: CollaborationRequest) -> Stored:
        """Return the dates in the requester's time zone."""
        return {**dates_of(request), "time_zone": request.time_zone}

    def details(self) -> RequestDetails:
        """Return the moments that the dates stand for."""
        return RequestDetails(dates=Dates(self.time_zone.data, *self.moments(self.time_zone.data)))
