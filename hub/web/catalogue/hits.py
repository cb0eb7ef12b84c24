"""Innovations as lines of a list, in the reader's language where there is a text in it, marked where there is none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat

from flask_babel import ngettext
from markupsafe import Markup

from hub.catalogue.lines import Content, Line, Words, content_of, line_of, shown_lines
from hub.catalogue.models import Innovation, ReadinessState
from hub.catalogue.models.content import TEXT_FIELDS
from hub.core.errors import NotFoundError
from hub.search.analysis import found_by, language_of, words_in
from hub.search.highlights import Passage, excerpt
from hub.web.addresses import address_of
from hub.web.catalogue.remembered import contents
from hub.web.drawn import drawn
from hub.web.i18n import by_name, country_name, direction_of, language, language_name, listed, term, translate
from hub.web.markdown import plain_text
from hub.web.sessions import viewer

SHOWN_COUNTRIES, MANY_COUNTRIES = 3, 20

SHOWN_STANDARDS = 3

PASSAGES = tuple(name for name in TEXT_FIELDS if name != "name")

NO_FIT = Markup("")

_plain = lru_cache(maxsize=4096)(plain_text)


@dataclass(frozen=True)
class Hit:
    """One innovation in a list, in words.

    Args:
        spoken: the name of the language that the name is in, where it is not the reader's; else nothing.
        passage_language: BCP 47 code of the passage, which is in another language where only that holds the words.
        mark: the small mark of its level of evidence, drawn.
        fit: whether the country that is looked at can use it, drawn; empty where nothing is known.
        reasons: sentences that say why it was found.
    """

    public_id: str
    slug: str
    name: str
    href: str
    by: str
    passage: Sequence[Passage]
    facts: Sequence[str]
    tlp: str
    status: str
    language: str
    direction: str
    mark: Markup
    spoken: str = ""
    passage_language: str = ""
    passage_direction: str = ""
    fit: Markup = NO_FIT
    reasons: Sequence[str] = ()


def hits_of(
    public_ids: Sequence[str],
    terms: frozenset[str] = frozenset(),
    *,
    country: str | None = None,
    states: Mapping[str, ReadinessState] | None = None,
    reasons: Mapping[str, Sequence[str]] | None = None,
) -> list[Hit]:
    """Return those of the innovations that are shown to who asks, in the order of `public_ids`.

    Args:
        public_ids: which.
        terms: the analysed words that were searched.
        country: ISO code of the country that may use them.
        states: what it states about the common prerequisites.
        reasons: why each was found, by public id.
    """
    lines = shown_lines(public_ids, viewer())
    return [
        _hit(
            line,
            content,
            terms,
            fit=_fit(content, country, states or {}) if country else NO_FIT,
            reasons=(reasons or {}).get(line.public_id, ()),
        )
        for line, content in zip(lines, contents(lines), strict=True)
    ]


def hit_of(innovation: Innovation) -> Hit:
    """Return a shown innovation, loaded with `queries.loaded_for_lists`, as a line of a list."""
    if innovation.published_revision is None:
        raise NotFoundError
    return _hit(line_of(innovation), content_of(innovation.published_revision))


def _hit(
    line: Line,
    content: Content,
    terms: frozenset[str] = frozenset(),
    *,
    fit: Markup = NO_FIT,
    reasons: Sequence[str] = (),
) -> Hit:
    reader = language().code
    words = content.words_for(reader)
    passage, passage_language = passage_of(content, words, terms)
    place, facts = _said_of(
        content.kind, content.year_started, content.standards_read, content.deployed, reader
    )
    return Hit(
        public_id=line.public_id,
        slug=line.slug,
        name=words.fields["name"],
        href=address_of("catalogue.show", slug=line.slug),
        by=" · ".join(filter(None, (line.owner, place))),
        passage=passage,
        facts=facts,
        tlp=line.tlp,
        status=line.status,
        language=words.language,
        direction=direction_of(words.language),
        mark=drawn("components/stair.html", "level_mark", line.evidence_level, line.stale_year),
        spoken="" if _is_same(words.language, reader) else language_name(words.language.partition("-")[0]),
        passage_language=passage_language,
        passage_direction=direction_of(passage_language),
        fit=fit,
        reasons=reasons,
    )


def passage_of(content: Content, words: Words, terms: frozenset[str]) -> tuple[Sequence[Passage], str]:
    """Return the short description, or a part of the first other text where only that holds what was searched.

    The reader's language comes first, then the others in which there is a text.

    Returns:
        the passage, and the language that it is in.
    """
    if terms:
        heads = frozenset(term.partition(" ")[0] for term in terms)
        for each in (words, *(other for other in content.words if other is not words)):
            spoken = language_of(each.language)
            for text in _texts(each):
                if _may_hold(text, heads, spoken):
                    passage = excerpt(text, terms, language=each.language)
                    if any(piece.is_hit for piece in passage):
                        return passage, each.language
    usual = next(_texts(words), "")
    return excerpt(usual, ()) if usual else (), words.language


def _texts(words: Words) -> Iterator[str]:
    return (_plain(words.fields[name]) for name in PASSAGES if words.fields[name])


def _may_hold(text: str, heads: frozenset[str], spoken: str) -> bool:
    """Whether a text holds any of the terms, or the first word of a phrase: most hold nothing, and are passed over."""
    return not heads.isdisjoint(_terms_in(text, spoken))


@lru_cache(maxsize=4096)
def _terms_in(text: str, spoken: str) -> tuple[str, ...]:
    """Return the terms of a text, each once; as a tuple, for sets of this size take eight times the memory."""
    return tuple(set(chain.from_iterable(map(found_by, set(words_in(text)), repeat(spoken)))))


@lru_cache(maxsize=4096)
def _said_of(
    kind: str | None, year: int | None, read: tuple[str, ...], deployed: tuple[str, ...], reader: str
) -> tuple[str, tuple[str, ...]]:
    """Return where it is in use and a few facts, in words of the reader's language, which are part of the key."""
    del reader
    facts = (
        term("kinds", kind) if kind else "",
        translate("since %(year)s", year=year) if year else "",
        standards(read),
    )
    return countries(deployed), tuple(filter(None, facts))


def countries(codes: Sequence[str]) -> str:
    """Return the names of countries in a few words."""
    names = by_name(country_name(code) for code in codes)
    if len(names) > MANY_COUNTRIES:
        return translate("%(number)s countries", number=len(names))
    if len(names) > SHOWN_COUNTRIES + 1:
        return translate(
            "%(names)s and %(number)s more countries",
            names=listed(names[:SHOWN_COUNTRIES]),
            number=len(names) - SHOWN_COUNTRIES,
        )
    return listed(names)


def standards(codes: Sequence[str]) -> str:
    """Return which data it reads, or nothing."""
    if not codes:
        return ""
    names = [term("standards", code) for code in codes[:SHOWN_STANDARDS]]
    return translate("Reads %(names)s", names=listed(names))


def _is_same(one: str, other: str) -> bool:
    return one.partition("-")[0] == other.partition("-")[0]


def _fit(content: Content, country: str, states: Mapping[str, ReadinessState]) -> Markup:
    """Return whether a country can use it: what its owner excludes, where it is in use, then what the country has."""
    name = country_name(country)
    if country in content.unsuitable:
        return _fit_mark("blocked", translate("Cannot be used in %(country)s", country=name))
    if country in content.deployed:
        return _fit_mark("ready", translate("In use in %(country)s", country=name))
    if not content.needs:
        return NO_FIT
    return _fit_of(_states(content.needs, states), name)


def _fit_mark(state: str, text: str) -> Markup:
    return drawn("components/readiness.html", "fit", state, text)


def _states(needs: Iterable[str | None], states: Mapping[str, ReadinessState]) -> list[ReadinessState | None]:
    return [states.get(topic or "") for topic in needs]


def _fit_of(found: Sequence[ReadinessState | None], name: str) -> Markup:
    if ReadinessState.BLOCKED in found:
        return _fit_mark("blocked", translate("Something blocks it in %(country)s", country=name))
    lacking = found.count(ReadinessState.NEEDS)
    if lacking:
        return _fit_mark(
            "needs",
            ngettext(
                "%(num)s thing needed in %(country)s",
                "%(num)s things needed in %(country)s",
                lacking,
                country=name,
            ),
        )
    if None in found:
        return _fit_mark("unknown", translate("Not stated for %(country)s", country=name))
    return _fit_mark("ready", translate("Ready to use in %(country)s", country=name))
