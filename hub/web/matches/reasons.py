"""Why two fit, part by part, as sentences: the words as they stand in both texts, the codes by their labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from babel.lists import format_list
from flask import url_for
from markupsafe import Markup, escape

from hub.matching.agreement import neighbours, regions_of
from hub.matching.facts import Kind, Scheme
from hub.matching.parts import Pairing, Part
from hub.matching.scoring import Match, PartScore, State
from hub.members.profiles.queries import ADDITION, additions
from hub.vocabularies.loader import vocabulary
from hub.web.i18n import country_name, language, language_name, listed, term, translate
from hub.web.matches import words as said
from hub.web.matches.words import Sides, sides_of

MOST_WORDS = 5
MOST_NAMES = 4
"""Words and names that one sentence holds."""

VOCABULARIES: Mapping[Scheme, str] = {
    Scheme.FUNCTIONS: "functions",
    Scheme.OFFENCES: "offences",
    Scheme.SECTORS: "sectors",
    Scheme.SKILLS: "skills",
    Scheme.STANDARDS: "standards",
    Scheme.INTENDED_USERS: "intended_users",
    Scheme.MEMBER_TYPES: "member_types",
    Scheme.OPEN_TO: "open_to",
    Scheme.TYPE: "request_types",
    Scheme.STAGE: "stages",
}

TEXTS = frozenset({Part.WORDS, Part.NEED})

PLACES = frozenset({Scheme.COUNTRIES, Scheme.UNSUITABLE})

BOTH = 2
"""How many sides are silent where nobody says anything of a part."""


class Mark(StrEnum):
    """What a sentence says of the match."""

    FITS = "fits"
    AGAINST = "against"
    DIFFERS = "differs"
    MISSING = "missing"
    LEFT_OUT = "left_out"


MARKS: Mapping[State, Mark] = {
    State.MATCHED: Mark.FITS,
    State.AGAINST: Mark.AGAINST,
    State.DIFFERENT: Mark.DIFFERS,
    State.MISSING: Mark.MISSING,
    State.LEFT_OUT: Mark.LEFT_OUT,
}


@dataclass(frozen=True)
class Reason:
    """One part of a match in words.

    Args:
        part: which one.
        mark: whether it fits.
        words: the sentence.
        href: where the reader can say what is missing; empty where they cannot.
        link: what that link says.
        is_said: whether one of the sides says something of it.
    """

    part: Part
    mark: Mark
    words: Markup
    href: str = ""
    link: str = ""
    is_said: bool = True


def reasons_of(match: Match, added: Mapping[str, str]) -> list[Reason]:
    """Return every part of a match as a sentence: what fits first, the stronger before the weaker.

    Args:
        match: two sides.
        added: the words of what people added to the lists, by code.
    """
    order = list(Mark)
    parts = sorted(match.parts, key=lambda each: (order.index(MARKS[each.state]), -each.points, -each.most))
    teller = _Teller(match.pairing, added)
    return [teller.reason(each) for each in parts]


def added_words(matches: Iterable[Match]) -> dict[str, str]:
    """Return the words of what people added to the lists and matches name, by code; in one query at most."""
    codes = {
        code
        for match in matches
        for each in match.parts
        if each.scheme in {Scheme.SKILLS, Scheme.LANGUAGES}
        for code in (*each.matched, *each.left, *each.right)
        if code.startswith(ADDITION)
    }
    return {code: each.label for code, each in additions(codes).items()}


class _Teller:
    """Puts the parts of matches of one pairing into words.

    Args:
        pairing: what is paired with what.
        added: the words of what people added to the lists, by code.
    """

    def __init__(self, pairing: Pairing, added: Mapping[str, str]) -> None:
        self.pairing = pairing
        self.sides = sides_of(pairing)
        self.left = pairing.value.partition("_")[0]
        self.is_person = self.sides in {Sides.YOU_THEY, Sides.IT_THEY}
        self.added = added

    def reason(self, part: PartScore) -> Reason:
        """Return one part as a sentence."""
        href, link = self._field(part) if part.state is State.MISSING else ("", "")
        is_said = len(part.silent) < BOTH
        return Reason(part.part, MARKS[part.state], self._sentence(part), href, link, is_said)

    def _sentence(self, part: PartScore) -> Markup:
        if part.state is State.MATCHED:
            return self._fitting(part)
        if part.state is State.LEFT_OUT:
            return _of_part(part.part, _say(said.LEFT_OUT))
        if part.state is State.AGAINST:
            return _say(said.UNSUITABLE, names=self._names(part, part.left))
        if part.state is State.DIFFERENT and part.part in said.NOTHING_ALIKE:
            words = said.NOTHING_NEEDED.get(self.pairing) if part.part is Part.NEED else None
            return _of_part(part.part, _say(words or said.NOTHING_ALIKE[part.part]))
        if part.state is State.DIFFERENT and part.part is Part.COUNTRY:
            return _say(said.ELSEWHERE[self.is_person], names=self._names(part, part.right))
        return _of_part(part.part, self._both(part))

    def _fitting(self, part: PartScore) -> Markup:
        if part.part in TEXTS:
            return self._of_texts(part)
        if part.part is Part.COUNTRY and not part.matched:
            near = neighbours(frozenset(part.left)) & set(part.right)
            regions = regions_of(near) & regions_of(frozenset(part.left))
            return _say(
                said.NEAR[self.sides],
                region=escape(listed(map(country_name, sorted(regions)))),
                names=self._names(part, sorted(near)),
            )
        return _say(said.NAMED[part.part][self.sides], names=self._names(part, part.matched))

    def _of_texts(self, part: PartScore) -> Markup:
        """Return the words that two texts share, once where both have them alike, else as each has them."""
        same = said.BOTH_SAY[self.sides]
        each = said.EACH_THING_SAYS.get(self.pairing) or said.EACH_SAYS[self.sides]
        if part.part is Part.NEED:
            same, each = said.NEEDED.get(self.pairing, (same, each))
        pairs = _telling(part)
        left = [(part.left[number], part.left_languages[number]) for number in pairs]
        right = [(part.right[number], part.right_languages[number]) for number in pairs]
        if all(
            ours.casefold() == theirs.casefold() for (ours, _), (theirs, _) in zip(left, right, strict=True)
        ):
            return _say(same, words=_written(right))
        return _say(each, left=_written(left), right=_written(right))

    def _both(self, part: PartScore) -> Markup:
        """Return what each side names, or that it names nothing."""
        clauses = []
        if "left" in part.silent:
            clauses.append(_say(said.LEFT_SILENT[self.left]))
        elif part.left and part.part not in TEXTS:
            is_spoken_there = self.sides is Sides.COUNTRY_IT and part.part is Part.LANGUAGE
            names = said.SPOKEN_THERE if is_spoken_there else said.LEFT_NAMES[self.left]
            clauses.append(_say(names, names=self._names(part, part.left)))
        if "right" in part.silent:
            clauses.append(_say(said.RIGHT_SILENT[self.is_person]))
        elif part.right and part.part not in TEXTS:
            clauses.append(_say(said.RIGHT_NAMES[self.is_person], names=self._names(part, part.right)))
        if len(clauses) > 1:
            return _say(said.BOTH_CLAUSES, one=clauses[0], other=clauses[1])
        return clauses[0] if clauses else _say(said.NOTHING_SAID)

    def _field(self, part: PartScore) -> tuple[str, str]:
        """Return where the reader can say what they leave out, and the words of that link."""
        if "left" not in part.silent or self.left != Kind.MEMBER:
            return "", ""
        field, link = said.FIELDS.get(part.part, ("", ""))
        if part.part is Part.NEED and self.pairing is Pairing.MEMBER_REQUEST:
            field, link = said.OFFER_FIELD
        return (url_for("account.profile", _anchor=field), translate(link)) if field else ("", "")

    def _names(self, part: PartScore, codes: Sequence[str]) -> Markup:
        """Return codes by their labels, the first few of many."""
        names = [self._label(part.scheme, code) for code in codes]
        rest = len(names) - MOST_NAMES
        if rest > 1:
            names = [*names[:MOST_NAMES], escape(translate("%(number)s more", number=rest))]
        return Markup(listed(map(str, names)))  # noqa: S704 - each is escaped

    def _label(self, scheme: Scheme | None, code: str) -> Markup:
        if code in self.added:
            return Markup("<bdi>%s</bdi>") % self.added[code]
        if scheme in PLACES:
            return escape(country_name(code))
        if scheme is Scheme.LANGUAGES:
            return escape(language_name(code))
        if code.isdigit():
            return escape(translate("evidence level %(level)s", level=code))
        known = VOCABULARIES.get(scheme, "") if scheme else ""
        # what is wanted on one side may be named by another list than what stands on the other
        for name in filter(None, (known, *VOCABULARIES.values())):
            if vocabulary(name).find(code) is not None:
                return escape(term(name, code))
        return escape(code)


def _telling(part: PartScore) -> list[int]:
    """Return the places of the pairs of words that are named: the strongest, without what a pair before them holds."""
    chosen: list[int] = []
    seen: set[str] = set()
    for number, (left, right) in enumerate(zip(part.left, part.right, strict=True)):
        words = {*left.casefold().split(), *right.casefold().split()}
        if len(chosen) < MOST_WORDS and not words <= seen:
            chosen.append(number)
            seen |= words
    return chosen


def _written(words: Sequence[tuple[str, str]]) -> Markup:
    """Return words as they stand in a text, each apart from the sentence round it and in its own language."""
    own = language().code.partition("-")[0]
    marked = [
        str(
            Markup("<bdi>%s</bdi>") % word
            if not spoken or spoken.partition("-")[0] == own
            else Markup('<bdi lang="%s">%s</bdi>') % (spoken, word)
        )
        for word, spoken in words
    ]
    return Markup(format_list(marked, style="unit", locale=language().locale))  # noqa: S704 - each is escaped


def _of_part(part: Part, words: Markup) -> Markup:
    return _say(said.OF_PART, part=translate(said.SHORT_NAMES[part]), said=words)


def _say(message: str, **parameters: object) -> Markup:
    """Return the words of a message id; what stands for its names is escaped, unless it is markup."""
    return Markup(translate(message)) % parameters  # noqa: S704 - message ids are the hub's own words
