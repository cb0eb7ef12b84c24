"""Rows of a file for tests, and what came of them."""

from sqlalchemy import select

from hub.catalogue.models import Innovation
from hub.core.database import session

GOOD = {
    "source": "registry",
    "external_id": "1",
    "name": "Ledger of gifts",
    "short_description": "Gifts are written down.",
    "kind": "software",
    "functions": "detect; prevent",
    "countries": "GE",
    "organisation": "Civil Service Bureau",
    "audience": "public",
    "sources": "https://example.org/ledger | About | 2026-03-27",
}


def row(**changes):
    return {**GOOD, **changes}


def only():
    return session().scalars(select(Innovation)).one()


def counts(report):
    return (report.created, report.updated, report.unchanged, report.rejected)


def said(report):
    return [(each.record, each.line, each.field) for each in report.problems]
