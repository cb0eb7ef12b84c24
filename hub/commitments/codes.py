"""Codes of commitments, as the Open Government Partnership writes them: letters of a country, then four digits."""

import re

CODE = re.compile(r"[A-Z]{2,4}[0-9]{4}")

LETTERS = {"GB": "UK"}
"""Where the partnership writes others than the ISO code."""


def normal_code(text: str) -> str:
    """Return a code as it is stored: in capitals, without white space."""
    return "".join(text.split()).upper()


def letters_of(country: str) -> str:
    """Return the letters with which codes of a country begin: its ISO code, but for the United Kingdom."""
    return LETTERS.get(country, country)


def is_code(text: str) -> bool:
    """Whether `text` has the form of a stored code, such as UK0066."""
    return CODE.fullmatch(text) is not None
