"""Every catalogue is whole: each message translated, with the same placeholders and the same markup."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parents[2] / "hub" / "translations"
CATALOGUES = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}")
TAG = re.compile(r"</?\w+[^>]*>|&\w+;")


def catalogue(path):
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def pairs(path):
    """Yield each message as one string or as singular and plural, beside what stands for it."""
    for message in catalogue(path):
        if message.id:
            plural = isinstance(message.id, tuple)
            yield (
                message.id if plural else (message.id,),
                tuple(message.string) if plural else (message.string,),
            )


def test_there_is_a_french_catalogue():
    assert "fr" in {path.parent.parent.name for path in CATALOGUES}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_message_is_translated(path):
    missing = [source[0] for source, words in pairs(path) if not all(words)]
    assert not missing, f"{len(missing)} are not translated, first of all {missing[:5]}"
    assert not [message.id for message in catalogue(path) if message.fuzzy]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_placeholders_and_markup_stay(path):
    wrong = []
    for source, words in pairs(path):
        if not all(words):
            continue  # the test above tells
        wanted = {sign for each in source for sign in PLACEHOLDER.findall(each)}
        for place, translated in enumerate(words):
            found = sorted(PLACEHOLDER.findall(translated))
            # a plural form may leave the number out; anything else that a message names must be there
            if (len(source) == 1 and found != sorted(PLACEHOLDER.findall(source[0]))) or not set(
                found
            ) <= wanted:
                wrong.append(source[0])
            like = source[min(place, len(source) - 1)]
            if sorted(TAG.findall(translated)) != sorted(TAG.findall(like)):
                wrong.append(source[0])
    assert not wrong
