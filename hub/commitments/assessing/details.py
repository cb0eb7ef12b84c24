"""What an assessment says, as values that services take; and what can never be true of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hub.catalogue.models.checking import check_address, check_text
from hub.commitments.models import Maker
from hub.commitments.models.commitment import NAME_LENGTH, TEXT_LENGTH, URL_LENGTH
from hub.commitments.scales import SCHEMES
from hub.core import clock
from hub.core.errors import InvalidError
from hub.core.i18n import N_

COMPLETION = "completion"
"""Code of the scale that says how far a commitment is."""

NO_SCHEME = N_("Choose one of the generations of rating scales.")
NO_RATING = N_("Rate at least one question.")
UNKNOWN = N_("Choose an answer from the list.")
TWICE = N_("Answer each question once.")
NO_REPORT = N_("Enter the name of the published report.")
NO_SOURCE = N_("Enter the web address of the published report.")
FUTURE = N_("This day lies in the future.")
TOO_LONG = N_("Use at most %(most)s characters.")


@dataclass(frozen=True)
class Rating:
    """One answer.

    Args:
        scale: code of the question.
        value: code of the answer.
        about: code of a value of open government where the question is asked for each, else empty.
    """

    scale: str
    value: str
    about: str = ""

    @property
    def field(self) -> str:
        """How errors name it: the question, and what it is about."""
        return f"{self.scale}-{self.about}" if self.about else self.scale


@dataclass(frozen=True)
class AssessmentDetails:
    """What an assessment says.

    Args:
        maker: who assessed.
        scheme: code of the generation of scales.
        ratings: the answers; questions without one are left out.
        report: name of the published report; needed of the Independent Reporting Mechanism.
        assessed_on: when; None where the source gives no day.
        words: what the ratings rest on; may be empty.
        source_url: where the report is published; needed of the Independent Reporting Mechanism.
        retrieved_on: when that was read.
    """

    maker: Maker
    scheme: str
    ratings: tuple[Rating, ...]
    report: str = ""
    assessed_on: date | None = None
    words: str = ""
    source_url: str = ""
    retrieved_on: date | None = None

    def rated(self, scale: str) -> str:
        """Return the answer to a question that is asked for the whole commitment; empty where there is none."""
        return next((each.value for each in self.ratings if each.scale == scale and not each.about), "")


def checked_details(details: AssessmentDetails) -> AssessmentDetails:
    """Return what was said without white space around it.

    Raises:
        InvalidError: something said cannot be accepted; names the field (of an answer: `Rating.field`).
    """
    report = " ".join(details.report.split())
    words, source_url = details.words.strip(), details.source_url.strip()
    check_text("report", report, NAME_LENGTH)
    check_text("words", words, TEXT_LENGTH)
    _check_ratings(details.scheme, details.ratings)
    if details.maker is Maker.IRM and not report:
        raise InvalidError(NO_REPORT, field="report")
    if details.maker is Maker.IRM and not source_url:
        raise InvalidError(NO_SOURCE, field="source_url")
    if len(source_url) > URL_LENGTH:
        raise InvalidError(TOO_LONG, field="source_url", most=URL_LENGTH)
    if source_url:
        check_address("source_url", source_url)
    today = clock.now().date()
    for field in ("assessed_on", "retrieved_on"):
        day = getattr(details, field)
        if day is not None and day > today:
            raise InvalidError(FUTURE, field=field)
    return AssessmentDetails(
        maker=details.maker,
        scheme=details.scheme,
        ratings=details.ratings,
        report=report,
        assessed_on=details.assessed_on,
        words=words,
        source_url=source_url,
        retrieved_on=details.retrieved_on,
    )


def _check_ratings(code: str, ratings: Sequence[Rating]) -> None:
    scheme = SCHEMES.get(code)
    if scheme is None:
        raise InvalidError(NO_SCHEME, field="scheme")
    if not ratings:
        raise InvalidError(NO_RATING, field="ratings")
    asked = [(each.scale, each.about) for each in ratings]
    if len(set(asked)) != len(asked):
        raise InvalidError(TWICE, field="ratings")
    for each in ratings:
        scale = scheme.scale(each.scale)
        if scale is None or each.about not in scale.abouts or each.value not in scale.values:
            raise InvalidError(UNKNOWN, field=each.field)
