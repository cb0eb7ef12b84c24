"""Commitments: directory and records for readers, and everything by which owners and keepers keep them."""

from hub.web.commitments import (
    assessing,
    directory,
    elsewhere,
    events,
    evidence,
    importing,
    keeping,
    measuring,
    milestones,
    mine,
    owning,
    show,
    writing,
)

__all__ = [
    "assessing",
    "directory",
    "elsewhere",
    "events",
    "evidence",
    "importing",
    "keeping",
    "measuring",
    "milestones",
    "mine",
    "owning",
    "show",
    "writing",
]
