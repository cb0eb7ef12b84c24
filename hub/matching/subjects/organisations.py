"""What matching knows of organisations: what they say, and the records of theirs that every member may read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.audience import EVERY_MEMBER, PUBLIC_LABEL, meet
from hub.catalogue.models import Innovation, InnovationLabel, InnovationRevision, RevisionLabel
from hub.catalogue.models.innovation import SHOWN
from hub.core.database import session
from hub.matching.facts import Facts, Kind, Role, Scheme, Text
from hub.matching.subjects.codes import said
from hub.matching.subjects.innovations import codes_of, text_of
from hub.organisations.models import Organisation
from hub.organisations.permissions import PUBLIC_STATES, is_not_merged

BATCH = 200
"""How many organisations are read at once."""

MOST_OWN = 8
"""Of so many records, the newest, an organisation is known by."""

TOPICS = (Scheme.FUNCTIONS, Scheme.OFFENCES, Scheme.SECTORS, Scheme.STANDARDS_READ, Scheme.STANDARDS_WRITTEN)
"""What records say of the organisation that they belong to."""


def organisation_facts(organisation: Organisation) -> Facts:
    """Return the facts of one organisation."""
    return _facts(organisation, _records_of([organisation])[organisation.id])


def facts_of(slugs: Collection[str]) -> dict[str, Facts]:
    """Return the facts of those of the organisations that everybody may see, by slug."""
    found = session().scalars(_seen().where(Organisation.slug.in_(slugs))).all()
    records = _records_of(found)
    return {each.slug: _facts(each, records[each.id]) for each in found}


def all_facts() -> Iterator[Facts]:
    """Yield the facts of every organisation that everybody may see, in a fixed number of queries for each 200."""
    found = session().scalars(_seen().order_by(Organisation.id).execution_options(yield_per=BATCH))
    for organisations in found.partitions():
        records = _records_of(organisations)
        for organisation in organisations:
            yield _facts(organisation, records[organisation.id])


def _facts(organisation: Organisation, records: Iterable[Innovation]) -> Facts:
    name = " ".join(filter(None, (organisation.name, organisation.short_name)))
    texts = [Text(Role.ABOUT, organisation.language, name, body=organisation.description)]
    topics: defaultdict[Scheme, set[str]] = defaultdict(set)
    for innovation in records:
        revision = innovation.published_revision
        if revision is None:
            continue
        labels = meet(innovation.labels, revision.labels)
        texts += (text_of(each, Role.OWN_INNOVATION, labels) for each in revision.texts)
        for scheme, codes in codes_of(revision).items():
            if scheme in TOPICS:
                topics[scheme] |= set(codes)
    return Facts(
        Kind.ORGANISATION,
        organisation.slug,
        frozenset({PUBLIC_LABEL}),
        tuple(texts),
        said(
            {
                **topics,
                Scheme.COUNTRIES: (organisation.country,),
                Scheme.TYPE: (organisation.type,),
                Scheme.OWNERS: (organisation.slug,),
            }
        ),
    )


def _seen() -> Select[Organisation]:
    return select(Organisation).where(Organisation.status.in_(sorted(PUBLIC_STATES)), is_not_merged())


def _records_of(organisations: Sequence[Organisation]) -> defaultdict[int, list[Innovation]]:
    """Return the newest records of each organisation that every member may read; no other moves one of these out."""
    place = func.row_number().over(
        partition_by=Innovation.owner_id, order_by=(Innovation.published_at.desc(), Innovation.id.desc())
    )
    own = (
        select(Innovation.id, place.label("place"))
        .where(
            Innovation.owner_id.in_([each.id for each in organisations]),
            Innovation.status.in_(SHOWN),
            Innovation.label_rows.any(InnovationLabel.label.in_(sorted(EVERY_MEMBER))),
            Innovation.published_revision.has(
                InnovationRevision.label_rows.any(RevisionLabel.label.in_(sorted(EVERY_MEMBER)))
            ),
        )
        .subquery()
    )
    revision = joinedload(Innovation.published_revision)
    found = session().scalars(
        select(Innovation)
        .join(own, own.c.id == Innovation.id)
        .where(own.c.place <= MOST_OWN)
        .order_by(Innovation.owner_id, own.c.place)
        .options(
            selectinload(Innovation.label_rows),
            revision.selectinload(InnovationRevision.label_rows),
            revision.selectinload(InnovationRevision.texts),
            revision.selectinload(InnovationRevision.terms),
        )
    )
    records: defaultdict[int, list[Innovation]] = defaultdict(list)
    for innovation in found:
        if innovation.owner_id is not None:
            records[innovation.owner_id].append(innovation)
    return records
