"""Tells Babel which strings of the vocabulary files people read; named in `babel.cfg`, used by no other code."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import IO

Message = tuple[int, str, str, list[str]]


def extract_terms(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Message]:
    """Yield title, labels and descriptions of one vocabulary as Babel's (line, function, message, comments).

    A label with `"translate": false` is skipped: it is the same in every language.
    """
    del keywords, comment_tags, options
    lines = file.read().decode("utf-8").splitlines()
    data = json.loads("\n".join(lines))
    yield 1, "N_", data["title"], []
    for term in data["terms"]:
        line = next(
            (number for number, text in enumerate(lines, 1) if f'"code": "{term["code"]}"' in text), 1
        )
        if "label" in term and term.get("translate", True):
            yield line, "N_", term["label"], []
        if term.get("description"):
            yield line, "N_", term["description"], []


def extract_channels(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Message]:
    """Yield what is said about reporting channels in our own words; their names stay in their own language."""
    del keywords, comment_tags, options
    lines = file.read().decode("utf-8").splitlines()
    data = json.loads("\n".join(lines))
    own_words = [row["limits"] for row in data["channels"]] + [row["words"] for row in data["gaps"]]
    for words in dict.fromkeys(filter(None, own_words)):
        quoted = json.dumps(words, ensure_ascii=False)
        yield next((number for number, text in enumerate(lines, 1) if quoted in text), 1), "N_", words, []
