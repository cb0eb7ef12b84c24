"""The form of a commitment: what it asks, what is stored of each field, and what was typed."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, ValidationError

from hub.commitments.codes import normal_code
from hub.commitments.keeping.checking import FIRST_YEAR, faults_in
from hub.commitments.keeping.details import CommitmentDetails, PartyDetails, PlanDetails
from hub.commitments.models import PartyRole
from hub.commitments.models.commitment import (
    CODE_LENGTH,
    NAME_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    URL_LENGTH,
    WORDS_LENGTH,
)
from hub.commitments.permissions import can_enter_for
from hub.web.catalogue.choices import language_options, one_country, page_language
from hub.web.fields import CodeField, CodesField, HubForm, filled, iso_date, options, text_field, web_address
from hub.web.i18n import translate
from hub.web.sessions import viewer

DAY_LENGTH, MONTH_LENGTH, YEAR_LENGTH = 10, 7, 4

MOST_PARTIES = 60
"""Institutions of one kind that the form has room for; each line has a limit of its own."""

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
YEAR = re.compile(r"(19|20|21)\d\d")
COUNTRY = re.compile(r"[A-Z]{2}")

PARTY_FIELDS = {
    "lead": PartyRole.LEAD,
    "support": PartyRole.SUPPORT,
    "supporter": PartyRole.SUPPORTER,
    "interest": PartyRole.INTEREST,
}
"""What somebody has to do with a commitment, by the field that asks for it."""

NAMES = (
    "code",
    "title",
    "language",
    "plan_name",
    "plan_year",
    "plan_ends_year",
    "starts_on",
    "ends_on",
    "objective",
    "status_quo",
    "ambition",
    *PARTY_FIELDS,
    "policy_areas",
    "ogp_values",
    "source_url",
    "source_title",
    "retrieved_on",
    "title_in_source",
    "doubtful_policy_areas",
    "source_notes",
)
"""The fields that can be changed, in the order of the page."""


def iso_month(_form: Form, field: Field) -> None:
    """Ask for a month as year and month."""
    if field.data and not MONTH.fullmatch(field.data):
        raise ValidationError(translate("Enter the month as year and month, such as 2016-12."))


def year(_form: Form, field: Field) -> None:
    """Ask for a year."""
    if field.data and not YEAR.fullmatch(field.data):
        raise ValidationError(translate("Enter a year with four digits, such as 2016."))


def kept_countries() -> list[tuple[str, str]]:
    """Return the countries for which this person enters commitments, after an empty choice."""
    somebody = viewer()
    return [
        (code, label) for code, label, *_also in one_country() if not code or can_enter_for(somebody, code)
    ]


class CommitmentForm(HubForm):
    """All that is said about a commitment beside milestones, evidence and assessments."""

    code = text_field(
        _l("Code"), CODE_LENGTH, filled(_l("Enter the code of the commitment, such as UK0066."))
    )
    country = CodeField(
        _l("Country"), choices=kept_countries, validators=[filled(_l("Choose the country that made it."))]
    )
    title = text_field(_l("Title"), TITLE_LENGTH, filled(_l("Enter the title.")))
    language = CodeField(_l("Language of these texts"), choices=language_options, default=page_language)
    plan_name = text_field(
        _l("Action plan"), NAME_LENGTH, filled(_l("Enter the name of the action plan that it belongs to."))
    )
    plan_year = text_field(
        _l("Year in which the plan began"), YEAR_LENGTH, filled(_l("Enter the year in which it began.")), year
    )
    plan_ends_year = text_field(_l("Year in which the plan ends"), YEAR_LENGTH, year)
    starts_on = text_field(_l("Month in which it begins"), MONTH_LENGTH, iso_month)
    ends_on = text_field(_l("Month until which it is to be kept"), MONTH_LENGTH, iso_month)
    objective = text_field(_l("What it promises"), TEXT_LENGTH, area=True)
    status_quo = text_field(_l("How things stood before"), TEXT_LENGTH, area=True)
    ambition = text_field(_l("What is to be different afterwards"), TEXT_LENGTH, area=True)
    lead = text_field(_l("Who leads it"), MOST_PARTIES * NAME_LENGTH, area=True)
    support = text_field(_l("Who in government supports it"), MOST_PARTIES * NAME_LENGTH, area=True)
    supporter = text_field(_l("Who outside government supports it"), MOST_PARTIES * NAME_LENGTH, area=True)
    interest = text_field(_l("Who said that they were interested"), MOST_PARTIES * NAME_LENGTH, area=True)
    policy_areas = CodesField(_l("Policy areas"), choices=lambda: options("ogp_policy_areas"))
    ogp_values = CodesField(_l("Values of open government"), choices=lambda: options("ogp_values"))
    source_url = text_field(_l("Where it can be read"), URL_LENGTH, web_address)
    source_title = text_field(_l("Title of that page or document"), TITLE_LENGTH)
    retrieved_on = text_field(_l("Read on"), DAY_LENGTH, iso_date)
    title_in_source = text_field(_l("Its title there, where that is odd"), TITLE_LENGTH)
    doubtful_policy_areas = CodesField(
        _l("Policy areas of the source that hardly fit"), choices=lambda: options("ogp_policy_areas")
    )
    source_notes = text_field(_l("What is odd, uncertain or derived"), WORDS_LENGTH * 3, area=True)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own argument
        """Say of every field at once what can never be true of it."""
        super().validate(extra_validators)
        for fault in faults_in(self.details()):
            if fault.field in self and not self[fault.field].errors:
                self.refuse(fault)
        return not self.errors

    def _sound(self, name: str) -> str:
        """Return what was typed in a field, or nothing where that was refused."""
        return "" if self[name].errors else self[name].data

    def details(self, kept: CommitmentDetails | None = None) -> CommitmentDetails:
        """Return what was typed, without numbers and days that were refused.

        Args:
            kept: what is stored, of a commitment that is changed; what the form does not ask stays as it is there.
        """
        begins, ends = self._sound("plan_year"), self._sound("plan_ends_year")
        plan = PlanDetails(self.plan_name.data, int(begins or FIRST_YEAR), int(ends) if ends else None)
        if kept is not None and kept.plan.name == plan.name:
            plan = replace(plan, number=kept.plan.number)
        read = self._sound("retrieved_on")
        return CommitmentDetails(
            code=normal_code(self.code.data) if "code" in self else kept.code if kept else "",
            country=kept.country if kept else self.country.data if "country" in self else "",
            plan=plan,
            title=self.title.data,
            language=self.language.data or page_language(),
            title_in_source=self.title_in_source.data,
            objective=self.objective.data,
            status_quo=self.status_quo.data,
            ambition=self.ambition.data,
            policy_areas=tuple(self.policy_areas.data or ()),
            doubtful_policy_areas=tuple(self.doubtful_policy_areas.data or ()),
            ogp_values=tuple(self.ogp_values.data or ()),
            parties=tuple(
                party for name, role in PARTY_FIELDS.items() for party in typed_parties(self[name].data, role)
            ),
            starts_on=first_day(self._sound("starts_on")),
            ends_on=last_day(self._sound("ends_on")),
            source_url=self.source_url.data,
            source_title=self.source_title.data,
            retrieved_on=date.fromisoformat(read) if read else None,
            source_notes=self.source_notes.data,
        )


def typed_parties(text: str, role: PartyRole) -> Iterator[PartyDetails]:
    """Yield who is named in a field, one a line; two letters after the last bar say the country, as in tables."""
    for line in filter(None, (each.strip() for each in text.splitlines())):
        name, mark, tail = line.rpartition("|")
        code = tail.strip().upper()
        if mark and COUNTRY.fullmatch(code):
            yield PartyDetails(role, name.strip(), code)
        else:
            yield PartyDetails(role, line)


def first_day(month: str) -> date | None:
    """Return the first day of a typed month, or None where none was typed."""
    return date.fromisoformat(f"{month}-01") if month else None


def last_day(month: str) -> date | None:
    """Return the last day of a typed month, or None where none was typed."""
    first = first_day(month)
    return first and first.replace(day=monthrange(first.year, first.month)[1])


def stored(kept: CommitmentDetails) -> dict[str, str | list[str]]:
    """Return what is stored, by field, as the form has it."""
    return {
        "code": kept.code,
        "title": kept.title,
        "language": kept.language,
        "plan_name": kept.plan.name,
        "plan_year": str(kept.plan.cycle_year),
        "plan_ends_year": str(kept.plan.ends_year or ""),
        "starts_on": kept.starts_on.isoformat()[:MONTH_LENGTH] if kept.starts_on else "",
        "ends_on": kept.ends_on.isoformat()[:MONTH_LENGTH] if kept.ends_on else "",
        "objective": kept.objective,
        "status_quo": kept.status_quo,
        "ambition": kept.ambition,
        **{name: _lines(kept, role) for name, role in PARTY_FIELDS.items()},
        "policy_areas": list(kept.policy_areas),
        "ogp_values": list(kept.ogp_values),
        "source_url": kept.source_url,
        "source_title": kept.source_title,
        "retrieved_on": kept.retrieved_on.isoformat() if kept.retrieved_on else "",
        "title_in_source": kept.title_in_source,
        "doubtful_policy_areas": list(kept.doubtful_policy_areas),
        "source_notes": kept.source_notes,
    }


def _lines(kept: CommitmentDetails, role: PartyRole) -> str:
    return "\n".join(
        f"{each.name} | {each.country}".lstrip() if each.country else each.name
        for each in kept.parties
        if each.role == role
    )
