"""The inventory: every column that names a member, what it is for, what an export gives and what erasure does.

A test compares it with the foreign keys of all tables, and `docs/privacy.md` with it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from hub.privacy.inventory.collaboration import CONVERSATIONS, PARTNERSHIPS, REQUESTS, RESPONSES
from hub.privacy.inventory.commitments import COMMITMENTS
from hub.privacy.inventory.matching import MATCHING
from hub.privacy.inventory.people import ACCOUNTS, INTRODUCTIONS, MAILS, MESSAGES, PROFILES
from hub.privacy.inventory.records import CURATION, PROOFS, RECORDS
from hub.privacy.inventory.shape import Fate, Link
from hub.privacy.inventory.showcases import ENTRIES, REGISTRATIONS, SHOWCASES
from hub.privacy.inventory.standing import INTEGRITY, ORGANISATIONS, VETTING

__all__ = ["INVENTORY", "LINKS", "PERSON", "Fate", "Link"]

INVENTORY: Mapping[str, tuple[Link, ...]] = MappingProxyType(
    {
        "account": ACCOUNTS,
        "profile": PROFILES,
        "messages": MESSAGES,
        "introductions": INTRODUCTIONS,
        "notifications": MAILS,
        "vetting": VETTING,
        "organisations": ORGANISATIONS,
        "integrity": INTEGRITY,
        "records": RECORDS,
        "evidence": PROOFS,
        "curation": CURATION,
        "requests": REQUESTS,
        "responses": RESPONSES,
        "conversations": CONVERSATIONS,
        "partnerships": PARTNERSHIPS,
        "showcases": SHOWCASES,
        "entries": ENTRIES,
        "registrations": REGISTRATIONS,
        "suggestions": MATCHING,
        "commitments": COMMITMENTS,
    }
)
"""The references by the part of an export that they fill."""

LINKS: tuple[Link, ...] = tuple(link for links in INVENTORY.values() for link in links)

PERSON = (
    "public_id",
    "email",
    "email_confirmed_at",
    "display_name",
    "member_type",
    "country",
    "language",
    "time_zone",
    "status",
    "vetted_until",
    "created_at",
)
"""What an export gives of the account itself."""
