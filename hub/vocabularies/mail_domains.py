"""Domains where anybody can have a mailbox or a domain: an address there says nothing about an employer."""

import json
from functools import cache

from publicsuffixlist import PublicSuffixList

from hub.vocabularies.loader import DATA

FILE = DATA / "lists" / "free_mail_domains.json"


@cache
def free_mail_domains() -> frozenset[str]:
    """Return the domains of well-known providers, in small letters. The list is not complete and cannot be."""
    return frozenset(json.loads(FILE.read_text(encoding="utf-8"))["domains"])


def is_free_mail(domain: str) -> bool:
    """Whether `domain`, or a domain above it, is one where anybody can have a mailbox.

    Args:
        domain: the part of an address after the last @, in any case.
    """
    labels = domain.strip().strip(".").lower().split(".")
    return any(".".join(labels[start:]) in free_mail_domains() for start in range(len(labels) - 1))


@cache
def public_suffixes() -> PublicSuffixList:
    """Return the list of domains below which anybody can register one, as the library brings it; read once."""
    return PublicSuffixList()


def is_public_suffix(domain: str) -> bool:
    """Whether anybody can have a domain below `domain`, as below co.uk or github.io.

    Args:
        domain: in ASCII and small letters.
    """
    return bool(public_suffixes().is_public(domain))
