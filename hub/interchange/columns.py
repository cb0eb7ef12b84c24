"""The documented columns of CSV and JSON, in the order in which they are exported."""

from dataclasses import dataclass
from enum import Enum

from hub.catalogue.models.checking import LANGUAGE_CODE
from hub.catalogue.models.content import TEXT_FIELDS
from hub.core.i18n import N_
from hub.interchange.shapes import (
    ORGANISATIONS,
    PREREQUISITES,
    SOURCES,
    UNSUITABLE,
    Codes,
    Shape,
    Text,
    Whole,
)
from hub.vocabularies.loader import vocabulary

FEW = 40
"""The most codes that documentation lists."""


class Use(Enum):
    """What a column is for."""

    IDENTITY = "identity"
    READERS = "readers"
    OWNER = "owner"
    PROSE = "prose"
    CONTENT = "content"
    EXPORT = "export"


@dataclass(frozen=True)
class Column:
    """One column.

    Args:
        name: its heading, and its name in JSON.
        use: what it is for; prose may also come in further languages.
        about: one sentence on what to write, as a message id.
        shape: how its values are written.
        example: a cell of the template; empty where that is usual.
        vocabulary: the list that its codes are from, where they are.
    """

    name: str
    use: Use
    about: str
    shape: Shape
    example: str = ""
    vocabulary: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes it takes, where these are few enough to be read."""
        terms = vocabulary(self.vocabulary).terms if self.vocabulary and self.name != "tlp" else ()
        return tuple(term.code for term in terms) if len(terms) <= FEW else ()


LINE, NULLABLE, CODES, SET = Text(), Text(empty=None), Codes(), Codes(is_ordered=False)
IDENTITY, READERS, OWNER, PROSE, CONTENT = Use.IDENTITY, Use.READERS, Use.OWNER, Use.PROSE, Use.CONTENT

COLUMNS = (
    Column(
        "id", IDENTITY, N_("The hub’s own id of a record, as exported. Leave it empty for a new one."), LINE
    ),
    Column(
        "source",
        IDENTITY,
        N_("The name of your collection, such as “registry”. If it is empty, “import” is taken."),
        LINE,
        "registry",
    ),
    Column(
        "external_id",
        IDENTITY,
        N_("Your own id of the record. By it the hub knows the record when you import it again."),
        LINE,
        "0001",
    ),
    Column(
        "version",
        IDENTITY,
        N_("Which revision was exported. If the record has gone on since, nothing is overwritten."),
        Whole(),
    ),
    Column(
        "tlp",
        READERS,
        N_(
            "The label: TLP:CLEAR, TLP:GREEN or TLP:AMBER. If it is empty, the strictest that fits the audience."
        ),
        LINE,
        "TLP:CLEAR",
        "tlp",
    ),
    Column(
        "audience",
        READERS,
        N_("Who may read it: public, members or law_enforcement. Empty means not chosen yet."),
        LINE,
        "public",
    ),
    Column(
        "audience_countries",
        READERS,
        N_("The countries to whose law enforcement it is limited, if it is."),
        SET,
        vocabulary="countries",
    ),
    Column(
        "language", IDENTITY, N_("The language of the texts, such as en-GB or ka (BCP 47)."), LINE, "en-GB"
    ),
    Column("name", PROSE, N_("What it is called. Every record needs it."), LINE, "Ledger of gifts"),
    Column(
        "short_description",
        PROSE,
        N_("What it does, in one sentence."),
        LINE,
        "Officials register gifts on the day they get them.",
    ),
    Column("problem", PROSE, N_("What went wrong before it."), LINE, "Gifts were not written down."),
    Column(
        "description", PROSE, N_("How it works. Markdown is allowed."), LINE, "A public register of gifts."
    ),
    Column("novelty", PROSE, N_("What is new about it."), LINE),
    Column("results", PROSE, N_("What came of it, with figures."), LINE),
    Column("conditions", PROSE, N_("What has to be there for it to work."), LINE),
    Column("lessons", PROSE, N_("What was hard, and what was learnt."), LINE),
    Column("do_no_harm", PROSE, N_("Whom it could harm, and what prevents that."), LINE),
    Column("privacy", PROSE, N_("Which personal data it uses, and how they are protected."), LINE),
    Column("misuse_risk", PROSE, N_("How it could be misused, and what prevents that."), LINE),
    Column("error_rates", PROSE, N_("How often it errs, where that was measured."), LINE),
    Column("kind", CONTENT, N_("What kind of thing it is."), NULLABLE, "software", "kinds"),
    Column("stage", CONTENT, N_("How far it has come."), NULLABLE, "stable", "stages"),
    Column("year_started", CONTENT, N_("The year in which it began."), Whole(), "2019"),
    Column(
        "organisation",
        OWNER,
        N_("The responsible organisation, by name: one that you speak for."),
        LINE,
        "Civil Service Bureau",
    ),
    Column("organisation_country", OWNER, N_("The country of the organisation."), LINE, "GE", "countries"),
    Column(
        "organisation_type",
        OWNER,
        N_("The type of an organisation that the hub does not know yet."),
        LINE,
        "government",
        "organisation_types",
    ),
    Column("countries", CONTENT, N_("Where it is in use (ISO 3166-1 codes)."), SET, "GE", "countries"),
    Column("unsuitable", CONTENT, N_("Where it cannot be used and why: country | reason."), UNSUITABLE),
    Column(
        "organisations",
        CONTENT,
        N_("Who else takes part: role | name. Roles are maintainer, funder, implementer and evaluator."),
        ORGANISATIONS,
    ),
    Column("functions", CONTENT, N_("What it helps people do."), CODES, "prevent; detect", "functions"),
    Column("offences", CONTENT, N_("The offences that it works against."), CODES, "uncac-15", "offences"),
    Column("sectors", CONTENT, N_("Where in public life it works."), CODES, "", "sectors"),
    Column("policy_areas", CONTENT, N_("The policy areas that it belongs to."), CODES, "", "policy_areas"),
    Column("intended_users", CONTENT, N_("Who uses it."), CODES, "", "intended_users"),
    Column("standards_read", CONTENT, N_("Data standards that it reads."), CODES, "", "standards"),
    Column("standards_written", CONTENT, N_("Data standards that it writes."), CODES, "", "standards"),
    Column("languages", CONTENT, N_("Languages in which it can be used (BCP 47)."), CODES, "ka; en"),
    Column("licence", CONTENT, N_("Its licence (SPDX)."), NULLABLE, "not_stated", "licences"),
    Column("website_url", CONTENT, N_("Its website."), NULLABLE, "https://example.org/ledger"),
    Column("code_url", CONTENT, N_("Where its source code is."), NULLABLE),
    Column("documentation_url", CONTENT, N_("Where its documentation is."), NULLABLE),
    Column("demo_url", CONTENT, N_("Where it can be tried."), NULLABLE),
    Column("based_on", CONTENT, N_("The address of what it was made from."), NULLABLE),
    Column("cost_band", CONTENT, N_("What setting it up costs."), NULLABLE, "", "cost_bands"),
    Column("staffing", CONTENT, N_("Who is needed to run it."), NULLABLE),
    Column("time_to_deploy", CONTENT, N_("How long setting it up takes."), NULLABLE),
    Column(
        "prerequisites",
        CONTENT,
        N_("What must be there first: area | what is needed | common prerequisite, if it is one."),
        PREREQUISITES,
        "",
        "prerequisites",
    ),
    Column("contact_name", CONTENT, N_("Whom to ask: an office rather than a person."), NULLABLE),
    Column("contact_address", CONTENT, N_("The contact’s email address or web page."), NULLABLE),
    Column(
        "sources",
        CONTENT,
        N_("Where others can read about it: address | title | day it was read there."),
        SOURCES,
        "https://example.org/ledger | About the ledger | 2026-03-27",
    ),
    Column("address", Use.EXPORT, N_("The page of the record. Not imported."), LINE),
)
"""Every column."""

BY_NAME = {column.name: column for column in COLUMNS}

CONTENT_COLUMNS = tuple(column for column in COLUMNS if column.use in (PROSE, CONTENT))
"""The columns that are fields of `InnovationDetails`."""

PROSE_NAMES = frozenset(TEXT_FIELDS)

DEFAULT_COLLECTION = "import"
"""What a collection without a name is called."""


def split_name(name: str) -> tuple[str, str]:
    """Return the field and the language of a heading such as `name:ka`; the language is empty for other headings."""
    field, _, language = name.partition(":")
    return field, language


def is_known(name: str) -> bool:
    """Whether a heading is documented: a column, or a column of prose with a language."""
    field, language = split_name(name)
    return name in BY_NAME or (field in PROSE_NAMES and LANGUAGE_CODE.fullmatch(language) is not None)
