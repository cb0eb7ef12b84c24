"""What tantivy indexes of a document: its fields, and how a document is put into them. Knows no folder."""

from collections import Counter
from collections.abc import Sequence

from tantivy import DocAddress, Document as IndexDocument, Schema, SchemaBuilder, Searcher

from hub.search.analysis import GAP, LANGUAGES, Analysed, Terms, analysed
from hub.search.boosts import boost
from hub.search.documents import SEPARATOR, Document
from hub.search.plan import DOCUMENT_ID, Where
from hub.search.weights import Sample, parts_of

EXACT = "exact"
WORDS = "words"
NAME_WORDS = "name_words"
LANGUAGE = "language"
FACET = "facet"
LABEL = "label"
KEPT = "kept"
BOOST = "boost"
PUBLISHED = "published"
EVIDENCE = "evidence"
DUE = "due"

ID_NUMBERS = tuple(f"id_{place}" for place in range(5))
"""The id once more, as numbers of eight letters each: tantivy gives numbers ten times faster than what is stored."""

LETTERS = 8

PIECE = "\x1e"
LINE = b"\x1d"

LEVEL = 1e11
"""Seconds that a level of evidence counts for in the one number that sorts by both; longer than any date is away."""

TIMES = tuple(times for _, _, times in parts_of(Terms()))

TEXT_FIELDS = {(language, where): f"{where.value}_{language}" for language in LANGUAGES for where in Where}


def text_field(language: str, where: Where = Where.TEXT) -> str:
    """Return the name of the field that holds the terms of a language."""
    return TEXT_FIELDS[language, where]


def facet_term(facet: str, value: str) -> str:
    """Return how a value of a facet is indexed; tantivy takes no half of a character, as JSON may hold."""
    term = f"{facet}{SEPARATOR}{value}"
    return term if term.isascii() else term.encode("utf-8", "replace").decode()


def _make_schema() -> Schema:
    """Return the fields of every index.

    Texts come analysed, as terms with blanks between them, so tantivy's own analysis is to split at blanks.
    """
    builder = SchemaBuilder()
    builder.add_text_field(DOCUMENT_ID, stored=True, tokenizer_name="raw", index_option="basic")
    for language in LANGUAGES:
        for where in Where:
            builder.add_text_field(text_field(language, where), tokenizer_name="whitespace")
    for name in (WORDS, NAME_WORDS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field(FACET, fast=True, tokenizer_name="raw", index_option="basic")
    for name in (EXACT, LANGUAGE, LABEL):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (BOOST, PUBLISHED, EVIDENCE, DUE):
        builder.add_float_field(name, fast=True)
    for name in ID_NUMBERS:
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field(KEPT, stored=True)
    return builder.build()


SCHEMA = _make_schema()


def indexed(document: Document) -> IndexDocument:
    """Return a document as tantivy takes it in."""
    read = analysed(document.texts)
    made = IndexDocument()
    made.add_text(DOCUMENT_ID, document.id)
    for name, number in zip(ID_NUMBERS, _numbers(document.id), strict=False):
        made.add_unsigned(name, number)
    for language, terms in read.terms.items():
        made.add_text(LANGUAGE, language)
        _add_terms(made, language, terms)
    made.add_text(WORDS, " ".join(read.words))
    made.add_text(NAME_WORDS, " ".join(read.name_words))
    for name in read.names:
        made.add_text(EXACT, name)
    for facet, values in document.facets.items():
        for value in values:
            made.add_text(FACET, facet_term(facet, value))
    for label in document.labels:
        made.add_text(LABEL, label)
    published = document.sort.get("published", 0.0)
    made.add_float(BOOST, boost(document.sort))
    made.add_float(PUBLISHED, published)
    made.add_float(EVIDENCE, LEVEL * document.sort.get("evidence", 0.0) + published)
    made.add_float(DUE, document.sort.get("due", 0.0))
    made.add_bytes(KEPT, _kept(document, read))
    return made


def _add_terms(made: IndexDocument, language: str, terms: Terms) -> None:
    """Add the terms of one language: each text as often as its words count, as values that no phrase reaches across."""
    text, name = text_field(language), text_field(language, Where.NAME)
    for placed, extras, times in parts_of(terms):
        for value in filter(None, (placed, extras)):
            for _ in range(times):
                made.add_text(text, value)
    for value in filter(None, (terms.name, terms.name_extras)):
        made.add_text(name, value)


# --- ids ---


def ids_of(searcher: Searcher, addresses: Sequence[DocAddress]) -> tuple[str, ...]:
    """Return the ids of documents found."""
    columns = []
    for name in ID_NUMBERS:
        column = searcher.fast_field_values(name, list(addresses))
        if not any(column):
            break
        columns.append(column)
    return tuple(
        _letters(numbers) or searcher.doc(address)[DOCUMENT_ID][0]
        for address, *numbers in zip(addresses, *columns, strict=True)
    )


def _numbers(document_id: str) -> list[int]:
    """Return an id as numbers; none where it is too long for them."""
    letters = document_id.encode("utf-8", "replace")
    if len(letters) > len(ID_NUMBERS) * LETTERS:
        return []
    return [
        int.from_bytes(letters[start : start + LETTERS].ljust(LETTERS, b"\0"), "big")
        for start in range(0, len(letters), LETTERS)
    ]


def _letters(numbers: Sequence[float | None]) -> str:
    return (
        b"".join(int(number).to_bytes(LETTERS, "big") for number in numbers if number).rstrip(b"\0").decode()
    )


# --- what is kept beside the index: the digest, and the terms as they stand, for `kept_sample` ---


def kept_digest(kept: bytes) -> str:
    """Return the digest of a document from what was kept of it."""
    return kept.partition(LINE)[0].decode()


def kept_sample(kept: bytes) -> Sample:
    """Return how much each term counts in a document, from what was kept of it; see `hub.search.weights`."""
    sample: Counter[tuple[str, str]] = Counter()
    for line in kept.split(LINE)[1:]:
        language, *texts = line.decode().split(PIECE)
        for text, times in zip(texts, TIMES, strict=True):
            for term, count in Counter(text.split()).items():
                if term != GAP:
                    sample[language, term] += count * times
    return sample


def _kept(document: Document, read: Analysed) -> bytes:
    lines = (
        PIECE.join((language, *(f"{placed} {extras}" for placed, extras, _ in parts_of(terms))))
        for language, terms in read.terms.items()
    )
    return LINE.join((document.digest.encode(), *(line.encode("utf-8", "replace") for line in lines)))
