"""Which organisations of the hub may be the one that somebody describes: shown to people, who decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.organisations.details import INTERNATIONAL, OrganisationDetails, host_of
from hub.organisations.duplicates import Particulars, Reason, particulars_of, reasons
from hub.organisations.models import MergedOrganisation, Organisation, OrganisationDomain, name_key
from hub.organisations.permissions import can_view

MOST_SHOWN = 10
"""Similar organisations shown at most, those with the most reasons first."""


LONGEST_WORDS = 2
"""Words of a name without a country by which names of other countries are chosen to be compared."""


@dataclass(frozen=True)
class Similar:
    """An organisation that may be the one described.

    Args:
        organisation: as it stands now; of a merged one what it became.
        reasons: why it may be the same, the strongest first.
        is_same: whether it certainly is: the same identifier, or the same name in the same country.
    """

    organisation: Organisation
    reasons: tuple[Reason, ...]
    is_same: bool


def similar_organisations(details: OrganisationDetails, *, but: Organisation | None = None) -> list[Similar]:
    """Return the organisations that may be the one that checked `details` describe, the same ones first.

    Nobody else's eyes: of an organisation that is not verified the name alone may be secret; see `seen_similar`.

    Args:
        details: what is said, checked.
        but: an organisation that is left out, with all that was merged into it.
    """
    wanted = _particulars(details)
    found: dict[int, Similar] = {}
    for each in _candidates(details):
        present = each.present
        why = reasons(wanted, particulars_of(each))
        if not why or (but is not None and present.id == but.id):
            continue
        similar = Similar(present, why, is_same(details, each))
        known = found.get(present.id)
        if known is None or (similar.is_same, len(why)) > (known.is_same, len(known.reasons)):
            found[present.id] = similar
    ordered = sorted(
        found.values(), key=lambda each: (not each.is_same, -len(each.reasons), each.organisation.id)
    )
    return ordered[:MOST_SHOWN]


@dataclass(frozen=True)
class Resembling:
    """What one viewer learns of the organisations that resemble what they describe.

    Args:
        seen: those that they may see.
        has_hidden: whether one that is not verified, which they may not see, resembles it too; nothing names it.
    """

    seen: list[Similar]
    has_hidden: bool

    def __bool__(self) -> bool:
        return bool(self.seen) or self.has_hidden


def seen_similar(details: OrganisationDetails, viewer: Viewer) -> Resembling:
    """Return what `viewer` may know of the similar organisations; what is the same is refused anyway."""
    similar = similar_organisations(details)
    seen = [each for each in similar if can_view(viewer, each.organisation)]
    return Resembling(seen, len(seen) < len(similar))


def is_same(details: OrganisationDetails, organisation: Organisation) -> bool:
    """Whether checked details have the identifier of an organisation, or its name in its country."""
    has_identifier = bool(details.identifier) and (details.identifier_scheme, details.identifier) == (
        organisation.identifier_scheme,
        organisation.identifier,
    )
    has_name = (name_key(details.name), details.country) == (organisation.name_key, organisation.country)
    return has_identifier or has_name


def same_organisations(
    details: OrganisationDetails, *, but: Organisation | None = None
) -> list[Organisation]:
    """Return the organisations that checked `details` certainly describe; of merged ones what they became."""
    conditions: list[ColumnElement[bool]] = [
        and_(
            Organisation.name_key == name_key(details.name),
            Organisation.country == details.country if details.country else Organisation.country.is_(None),
        )
    ]
    if details.identifier:
        conditions.append(_has_identifier(details))
    found = session().scalars(
        select(Organisation)
        .where(or_(*conditions))
        .order_by(Organisation.id)
        .options(joinedload(Organisation.merger).joinedload(MergedOrganisation.into))
    )
    presents = {each.present.id: each.present for each in found.all()}
    return [each for each in presents.values() if but is None or each.id != but.id]


def _candidates(details: OrganisationDetails) -> Sequence[Organisation]:
    """Return the organisations that are compared: names count inside a country, all else everywhere.

    Without a country a name is compared with those of no country, of international ones, and with those everywhere
    that hold one of its longest words: comparing with every name of the hub would take seconds.
    """
    conditions: list[ColumnElement[bool]] = [Organisation.country.is_(None)]
    if details.country:
        conditions.append(Organisation.country == details.country)
    if details.identifier:
        conditions.append(_has_identifier(details))
    hosts = {host_of(details.website), *details.email_domains} - {""}
    conditions += [Organisation.website.icontains(host, autoescape=True) for host in sorted(hosts)]
    if hosts:
        conditions.append(
            Organisation.id.in_(
                select(OrganisationDomain.organisation_id).where(OrganisationDomain.domain.in_(sorted(hosts)))
            )
        )
    if not details.country:
        conditions.append(Organisation.type == INTERNATIONAL)
        conditions += [
            Organisation.name_key.contains(word, autoescape=True) for word in _longest_words(details)
        ]
    query = select(Organisation).options(
        selectinload(Organisation.domains),
        joinedload(Organisation.merger).joinedload(MergedOrganisation.into),
    )
    return session().scalars(query.where(or_(*conditions)).order_by(Organisation.id)).all()


def _longest_words(details: OrganisationDetails) -> list[str]:
    words = set(name_key(details.name).split()) | {name_key(details.short_name)} - {""}
    return sorted(words, key=lambda each: (-len(each), each))[:LONGEST_WORDS]


def _has_identifier(details: OrganisationDetails) -> ColumnElement[bool]:
    return and_(
        Organisation.identifier_scheme == details.identifier_scheme,
        Organisation.identifier == details.identifier,
    )


def _particulars(details: OrganisationDetails) -> Particulars:
    return Particulars(
        name=details.name,
        short_name=details.short_name,
        country=details.country or "",
        scheme=details.identifier_scheme,
        identifier=details.identifier,
        website=details.website,
        email_domains=frozenset(details.email_domains),
    )
