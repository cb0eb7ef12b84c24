"""Domains where anybody can have a mailbox: an address there says nothing about an employer."""

import json
from functools import cache

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
