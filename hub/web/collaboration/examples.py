"""A good example of each type of request: shown beside the questions, and its requirements can be taken over."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask_babel import LazyString, lazy_gettext as _l


@dataclass(frozen=True)
class Example:
    """What somebody might say in a request of one type.

    Args:
        asks: what the background of such a request should tell.
        essential: requirements that many requests of this type have.
        nice_to_have: others that some have.
    """

    title: LazyString
    summary: LazyString
    asks: LazyString
    background: LazyString
    outcome_wanted: LazyString
    brings: LazyString
    essential: tuple[LazyString, ...]
    nice_to_have: tuple[LazyString, ...]


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "need_tool": Example(
            title=_l("A way to compare declared assets with the land register"),
            summary=_l(
                "We check 3,000 declarations a year by hand and look for a tool that finds what does not match."
            ),
            asks=_l("What goes wrong today, how often, and what you have tried."),
            background=_l(
                "Officials declare land and houses on paper. Two of us compare one in ten with the register, "
                "and it takes until autumn. A spreadsheet did not help, since names are spelt in two scripts."
            ),
            outcome_wanted=_l(
                "Every declaration is compared within a month, and an officer reads only those that do not match."
            ),
            brings=_l(
                "Five years of declarations without names, one programmer for a day a week, and access to the "
                "test system of the register."
            ),
            essential=(
                _l("It is in use by at least one public office"),
                _l("It runs on computers of our own"),
                _l("Its rules can be changed without a programmer"),
            ),
            nice_to_have=(_l("It matches names across scripts"), _l("Its licence is open")),
        ),
        "replicate": Example(
            title=_l("Bring our open procurement portal to another country"),
            summary=_l(
                "Our portal has run for four years. We look for an authority that wants one like it, and help "
                "to set it up."
            ),
            asks=_l("What runs, since when, and what another country needs to have."),
            background=_l(
                "The portal publishes every tender of 120 buyers as open data. Two other countries asked how we "
                "did it, and we have written down what we would do differently."
            ),
            outcome_wanted=_l(
                "One authority runs a copy with its own data within a year and says what had to change."
            ),
            brings=_l("The code, the training material, and a team that answers questions for six months."),
            essential=(
                _l("A law or rule lets you publish tenders"),
                _l("Tender notices exist in a form that a machine can read"),
                _l("Somebody in the office is named who will run it"),
            ),
            nice_to_have=(_l("You publish in OCDS already"), _l("You can host it yourselves")),
        ),
        "pilot_partner": Example(
            title=_l("Pilot partner for red-flag screening"),
            summary=_l(
                "We look for somebody who tries red flags on one year of our tenders with us, on a small scale."
            ),
            asks=_l("What you want to try, with what, and what you will decide once it is over."),
            background=_l(
                "Our office reads 4,000 tender notices a year. We have read about red flags elsewhere but do "
                "not know which of them say anything about our market."
            ),
            outcome_wanted=_l(
                "After three months we know which five flags are worth keeping, and how many notices each one "
                "raises a week."
            ),
            brings=_l(
                "Three years of notices as open data, two analysts for a day a week, and a procurement lawyer."
            ),
            essential=(
                _l("You have screened tenders with red flags before"),
                _l("You work with data in OCDS"),
                _l("You explain each flag so that a lawyer can check it"),
            ),
            nice_to_have=(
                _l("You know the law of a country with a similar system"),
                _l("You can meet us once in person"),
            ),
        ),
        "expertise": Example(
            title=_l("Somebody who has drafted rules on beneficial ownership"),
            summary=_l(
                "We are writing the rules of our register of owners and look for somebody who has done it before."
            ),
            asks=_l("What you have to decide, by when, and what you know already."),
            background=_l(
                "The law was passed in spring. It leaves to us who counts as an owner, what is checked, and "
                "what the public sees."
            ),
            outcome_wanted=_l(
                "A second reading of our draft in writing, and two talks about what goes wrong in practice."
            ),
            brings=_l("The draft in English, the comments of the registry, and a day of interpretation."),
            essential=(
                _l("You have worked on such rules in a public office"),
                _l("You can read the draft within four weeks"),
            ),
            nice_to_have=(_l("You know the Beneficial Ownership Data Standard"),),
        ),
        "data_or_standard": Example(
            title=_l("Help to publish our contracts in OCDS"),
            summary=_l(
                "Our contract register exports spreadsheets. We look for somebody who helps us publish it in "
                "the standard."
            ),
            asks=_l("What data there is, in which form, and who may use it."),
            background=_l(
                "The register holds 40,000 contracts in 31 columns. Tender and contract have different numbers, "
                "and changes overwrite what was there."
            ),
            outcome_wanted=_l(
                "A mapping of our columns to the standard, and a first release that passes its checks."
            ),
            brings=_l(
                "A sample of 500 contracts, the handbook of the register, and its administrator for two days."
            ),
            essential=(
                _l("You have published data in this standard before"),
                _l("You write down the mapping so that we can keep it up"),
            ),
            nice_to_have=(_l("You can train two of our staff"),),
        ),
        "evaluation": Example(
            title=_l("Did our reporting line change anything?"),
            summary=_l(
                "We look for somebody independent who examines two years of a reporting line, and publishes "
                "what they find."
            ),
            asks=_l("What should have changed, which figures exist, and who will read the result."),
            background=_l(
                "The line takes 60 reports a month. We count reports and answers, but we cannot say whether "
                "anything became better."
            ),
            outcome_wanted=_l("A public report that says what changed, what did not, and how sure that is."),
            brings=_l(
                "Monthly figures of both years, three offices without the line to compare with, and access to "
                "staff."
            ),
            essential=(
                _l("You neither own nor fund anything of this kind"),
                _l("You may publish whatever you find"),
                _l("You have compared places with and without something before"),
            ),
            nice_to_have=(_l("You work in the language of the country"),),
        ),
        "showcase_speaker": Example(
            title=_l("Somebody who shows a register of owners in ten minutes"),
            summary=_l(
                "For a session of 90 minutes we look for two offices that show what they run, on screen."
            ),
            asks=_l("Which event, where and when, for whom, and what speakers get."),
            background=_l(
                "Sixty officials from nine countries take part. Last year they asked to see working systems "
                "instead of slides."
            ),
            outcome_wanted=_l(
                "Two talks of ten minutes with a live system, and an hour of questions at tables."
            ),
            brings=_l(
                "Travel and two nights for one person of each office, interpretation, and a rehearsal."
            ),
            essential=(
                _l("You show a system that is in use"),
                _l("Somebody speaks who works with it"),
                _l("You can be there, or on screen, on the day"),
            ),
            nice_to_have=(_l("You tell what did not work"),),
        ),
        "funding": Example(
            title=_l("Funding to translate a handbook into four languages"),
            summary=_l(
                "Investigators in four countries ask for our handbook. We look for 30,000 euros to translate "
                "and print it."
            ),
            asks=_l("What the money is for, how much, until when, and who else pays."),
            background=_l(
                "The handbook exists in English and is used in 40 courses. A translation costs about 6,000 "
                "euros, review by practitioners 1,500."
            ),
            outcome_wanted=_l("Four reviewed translations under an open licence, online within ten months."),
            brings=_l("The text, an editor, and a reviewer in each country who works without pay."),
            essential=(
                _l("You say publicly that you fund it"),
                _l("You leave the content to us"),
                _l("You can decide within three months"),
            ),
            nice_to_have=(_l("You can pay in two parts"),),
        ),
        "mentoring": Example(
            title=_l("A mentor for a new office for asset declarations"),
            summary=_l(
                "Our office opens in January with six people. We look for somebody who has led such an office."
            ),
            asks=_l("Who is to be advised, on what, how often and for how long."),
            background=_l(
                "None of us has run such an office. The first declarations come in March, and the rules for "
                "checking them are not written yet."
            ),
            outcome_wanted=_l(
                "An hour every two weeks for six months, and a reading of our rules before the first deadline."
            ),
            brings=_l("Questions sent in writing two days before, and notes of every talk that you may use."),
            essential=(
                _l("You have led or set up such an office"),
                _l("You have an hour every two weeks for six months"),
            ),
            nice_to_have=(_l("You work in our time zone or close to it"),),
        ),
    }
)
"""One example for each code of the vocabulary `request_types`."""
