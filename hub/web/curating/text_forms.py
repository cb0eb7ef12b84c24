"""The parts that are words: what a showcase is, how accessible, who gives something, criteria, sources."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from hub.showcases.making.changing import are_weights_fixed
from hub.showcases.making.checking import CRITERION_LENGTH
from hub.showcases.making.details import Measure, ShowcaseDetails, Source, Sponsor, Sponsors
from hub.showcases.models import Showcase
from hub.showcases.models.showcase import (
    MOST_WEIGHT,
    NAME_LENGTH,
    SUMMARY_LENGTH,
    TEXT_LENGTH,
    URL_LENGTH,
)
from hub.web.catalogue.choices import language_options
from hub.web.catalogue.forms import LanguagesField, codes
from hub.web.catalogue.rows import RowForm, filled_rows, rows_field
from hub.web.curating.part_form import YES, PartForm, Stored, TickField, ticked
from hub.web.fields import CodeField, filled, iso_date, text_field, web_address
from hub.web.i18n import translate

WEIGHT_LENGTH = 4


def with_room(rows: list[dict[str, str]], *names: str) -> list[dict[str, str]]:
    """Return stored rows with an empty one after them, for one more."""
    return [*rows, dict.fromkeys(names, "")]


class AboutForm(PartForm):
    """What it is."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter a name.")))
    host_event = text_field(_l("Host event"), NAME_LENGTH)
    summary = text_field(_l("Summary"), SUMMARY_LENGTH, area=True)
    description = text_field(_l("Description"), TEXT_LENGTH, area=True)
    language = CodeField(
        _l("Language of the texts"), [filled(_l("Choose a language."))], choices=language_options
    )


class AccessForm(PartForm):
    """How everybody can take part."""

    accessibility = text_field(_l("Accessibility"), TEXT_LENGTH, area=True)
    languages = LanguagesField(_l("Languages spoken or interpreted"), choices=language_options)

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the stored words and languages."""
        return {"accessibility": showcase.accessibility, "languages": list(showcase.languages)}

    def details(self) -> ShowcaseDetails:
        """Return what was typed."""
        return ShowcaseDetails(accessibility=self.accessibility.data, languages=codes(self.languages))


class SponsorRow(RowForm):
    """One sponsor."""

    told = ("name", "gives")

    name = text_field(_l("Name"), NAME_LENGTH)
    gives = text_field(_l("What they give"), SUMMARY_LENGTH)

    def validate_name(self, field: StringField) -> None:
        """Ask for the name where anything else was entered."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Enter the name of the sponsor."))


class SponsorsForm(PartForm):
    """Who pays for it or gives something."""

    sponsors = rows_field(SponsorRow, _l("Sponsors"))
    are_none = TickField(
        _l("No sponsors"),
        choices=lambda: [(YES, translate("Nobody but the organisers pays or gives anything"))],
    )

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the stored sponsors."""
        rows = [{"name": each.name, "gives": each.gives} for each in showcase.sponsors]
        return {"sponsors": with_room(rows, "name", "gives"), "are_none": ticked(showcase.has_no_sponsors)}

    def details(self) -> ShowcaseDetails:
        """Return the sponsors, or that there are none."""
        rows = tuple(
            Sponsor(name=row["name"].data, gives=row["gives"].data) for row in filled_rows(self.sponsors)
        )
        return ShowcaseDetails(sponsors=Sponsors(rows=rows, are_none=self.are_none.is_ticked))


class CriterionRow(RowForm):
    """One criterion; a weight alone is no row."""

    told = ("name", "explanation", "weight")

    name = text_field(_l("Criterion"), CRITERION_LENGTH)
    explanation = text_field(_l("What it means"), SUMMARY_LENGTH, area=True)
    weight = text_field(_l("Weight"), WEIGHT_LENGTH)

    @property
    def is_empty(self) -> bool:
        """Whether neither name nor explanation was entered."""
        return not self.name.data and not self.explanation.data

    def validate_name(self, field: StringField) -> None:
        """Ask for the name where anything else was entered."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Enter the name of the criterion."))

    def validate_weight(self, field: StringField) -> None:
        """Ask for a whole number within bounds."""
        if self.is_empty:
            return
        text = field.data or ""
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_WEIGHT):
            raise ValidationError(translate("Enter a weight from 1 to %(limit)s.", limit=MOST_WEIGHT))


class CriteriaForm(PartForm):
    """What entries are scored by."""

    criteria = rows_field(CriterionRow, _l("Criteria"))

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the stored criteria."""
        rows = [
            {"name": each.name, "explanation": each.explanation, "weight": str(each.weight)}
            for each in showcase.criteria
        ]
        is_fixed = are_weights_fixed(showcase)
        return {"criteria": rows if is_fixed else with_room(rows, "name", "explanation", "weight")}

    def details(self) -> ShowcaseDetails:
        """Return the criteria."""
        return ShowcaseDetails(
            criteria=tuple(
                Measure(
                    name=row["name"].data,
                    explanation=row["explanation"].data,
                    weight=int(row["weight"].data),
                )
                for row in filled_rows(self.criteria)
            )
        )


class SourceRow(RowForm):
    """Where something can be read."""

    told = ("title", "url", "retrieved_on")

    title = text_field(_l("Title"), NAME_LENGTH)
    url = text_field(_l("Web address"), URL_LENGTH, web_address)
    retrieved_on = text_field(_l("Read on"), 10, iso_date)

    def validate_title(self, field: StringField) -> None:
        """Ask for the title where anything else was entered."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Enter the title of this source."))

    def validate_url(self, field: StringField) -> None:
        """Ask for the address where anything else was entered."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Enter the web address of this source."))

    def validate_retrieved_on(self, field: StringField) -> None:
        """Ask for the day where anything else was entered."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Enter the day on which you read it."))


class SourcesForm(PartForm):
    """Where what is said of a past showcase is from, and what is not known."""

    sources = rows_field(SourceRow, _l("Sources"))
    unknowns = text_field(_l("What is not known"), TEXT_LENGTH, area=True)

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the stored sources."""
        rows = [
            {"title": each.title, "url": each.url, "retrieved_on": each.retrieved_on.isoformat()}
            for each in showcase.sources
        ]
        return {"sources": with_room(rows, "title", "url", "retrieved_on"), "unknowns": showcase.unknowns}

    def details(self) -> ShowcaseDetails:
        """Return sources and what is not known."""
        rows = tuple(
            Source(
                url=row["url"].data,
                title=row["title"].data,
                retrieved_on=date.fromisoformat(row["retrieved_on"].data),
            )
            for row in filled_rows(self.sources)
        )
        return ShowcaseDetails(sources=rows, unknowns=self.unknowns.data)
