"""What somebody says of a piece of evidence, as values that services take."""

from dataclasses import dataclass

from hub.catalogue.models.checking import check_address, checked_words
from hub.commitments.models.commitment import TITLE_LENGTH, URL_LENGTH
from hub.commitments.models.evidence import FINDING_LENGTH
from hub.core.errors import InvalidError
from hub.core.i18n import N_

NO_TITLE = N_("Enter a title, such as the name of the report.")
NO_FINDING = N_("Say what it shows.")
NO_ADDRESS = N_("Enter the web address where everybody can read it.")
TOO_LONG = N_("Use at most %(most)s characters.")


@dataclass(frozen=True)
class EvidenceDetails:
    """What is said of a piece.

    Args:
        title: its title.
        finding: what it shows, in the giver's words.
        url: where everybody can read it.
        milestone_number: of the milestone that it is about, or None for the commitment as a whole.
    """

    title: str
    finding: str
    url: str
    milestone_number: int | None = None


def checked_details(details: EvidenceDetails) -> EvidenceDetails:
    """Return what was said without white space around it.

    Raises:
        InvalidError: a text is missing or too long, or the address is none; names the field.
    """
    title = checked_words(" ".join(details.title.split()), TITLE_LENGTH, NO_TITLE, "title")
    finding = checked_words(details.finding, FINDING_LENGTH, NO_FINDING, "finding")
    url = details.url.strip()
    if not url:
        raise InvalidError(NO_ADDRESS, field="url")
    if len(url) > URL_LENGTH:
        raise InvalidError(TOO_LONG, field="url", most=URL_LENGTH)
    check_address("url", url)
    return EvidenceDetails(title, finding, url, details.milestone_number)
