"""The dossier of a shortlist, for paper: cover, criteria, comparison, each record with its sources, one label."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.access.audience import Tlp, stricter
from hub.catalogue.models import RevisionPrerequisite, TermScheme
from hub.catalogue.side_by_side import strictest
from hub.core.clock import now
from hub.core.i18n import N_
from hub.shortlists.queries import shortlist_by_public_id, shown_entries
from hub.web.access import members_only
from hub.web.catalogue.choices import ROLE_LABELS, asked_country, country_options
from hub.web.catalogue.reading import record_address
from hub.web.catalogue.record import Proof, Reading, counts_of, in_order, proof_of, reading_of
from hub.web.comparing.table import compare
from hub.web.comparing.values import Said
from hub.web.context import moment
from hub.web.i18n import by_name, country_name, term, translate
from hub.web.limits import DOSSIERS, spend
from hub.web.sessions import current_member, viewer
from hub.web.shortlists.blueprint import shortlists

MOST_COLUMNS = 4
"""Innovations side by side on one sheet."""

TOO_OFTEN = N_("You have opened %(number)s dossiers within an hour, which is the most. Wait a little.")


@dataclass(frozen=True)
class DossierPart:
    """One record of a dossier.

    Args:
        said: the record with its approved revision and readiness.
        note: what the keeper of the list noted, where the dossier holds notes.
        reading: its prose for this reader.
        proof: its evidence and who took it up, as far as the reader may see it.
        address: its whole address.
    """

    said: Said
    note: str
    reading: Reading
    proof: Proof
    address: str

    @property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """The chosen codes by vocabulary."""
        return {scheme.value: self.said.revision.codes(scheme) for scheme in TermScheme}

    @property
    def countries(self) -> list[str]:
        """The names of the countries where it is in use."""
        return by_name(country_name(code) for code in self.said.revision.deployed_in)

    @property
    def excluded(self) -> list[str]:
        """The names of the countries where it cannot be used."""
        return by_name(country_name(each.country) for each in self.said.revision.unsuitable_in)

    @property
    def needs(self) -> list[tuple[RevisionPrerequisite, str]]:
        """What must be there first, each with what the country states about it in a word."""
        readiness = self.said.readiness
        if readiness is None:
            return [(each, "") for each in in_order(self.said.revision.prerequisites)]
        return [
            (
                row.prerequisite,
                term("readiness_states", row.state) if row.state else translate("Not stated"),
            )
            for row in readiness.rows
        ]

    @property
    def counts(self) -> dict[str, int]:
        """How many prerequisites are in each state."""
        return counts_of(self.said.readiness)


@shortlists.get("/<public_id>/dossier")
@members_only
def dossier(public_id: str) -> ResponseReturnValue:
    """Show a list as a dossier, of each record what who asks may see; annexes are printed only on their own."""
    somebody = viewer()
    shortlist = shortlist_by_public_id(public_id, somebody)
    spend(DOSSIERS, TOO_OFTEN)
    pairs = [(each.entry, each.innovation) for each in shown_entries(shortlist, somebody) if each.innovation]
    country = asked_country()
    has_notes = request.args.get("notes", "yes") != "no"
    whole = compare([innovation for _entry, innovation in pairs], somebody, country)
    least = strictest(innovation for _entry, innovation in pairs)
    return render_template(
        "shortlists/dossier.html",
        shortlist=shortlist,
        comparisons=[
            compare([each.innovation for each in part], somebody, country)
            for part in in_sheets(whole.columns)
        ],
        parts=[
            DossierPart(
                said=said,
                note=entry.note if has_notes else "",
                reading=reading_of(said.revision),
                proof=proof_of(said.innovation, somebody),
                address=record_address(said.innovation),
            )
            for said, (entry, _innovation) in zip(whole.columns, pairs, strict=True)
        ],
        has_notes=has_notes,
        label=chosen_label(least),
        labels=[each for each in Tlp if stricter(each, least) is each],
        least=least,
        country=country,
        countries=country_options(),
        roles=ROLE_LABELS,
        made_at=moment(now()),
        member=current_member(),
    )


def chosen_label(least: Tlp) -> Tlp:
    """Return the label that the address asks for, never one that is less strict than what the dossier holds."""
    asked = request.args.get("label", "")
    return stricter(least, Tlp(asked)) if asked in list(Tlp) else least


def in_sheets(columns: Sequence[Said]) -> list[Sequence[Said]]:
    """Return the columns in as few even groups as fit side by side on a sheet."""
    count = -(-len(columns) // MOST_COLUMNS)
    bounds = [round(number * len(columns) / count) for number in range(count + 1)] if count else []
    return [columns[start:end] for start, end in pairwise(bounds)]
