"""What the hub checks by itself before a coordinator decides. Nothing is fetched from the network."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import Select, and_, func, or_, select

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision, RevisionStatus, RevisionText
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.permissions import visible_to
from hub.catalogue.review.patterns import Pattern, traces_in
from hub.core.database import session
from hub.core.i18n import N_
from hub.vocabularies.loader import vocabulary

ADDRESSES = ("website_url", "code_url", "documentation_url", "demo_url", "based_on")

MAX_EXCERPTS = 3
MAX_TWINS = 5
FEW = 20
"""The most websites that are asked for one by one."""


class Level(StrEnum):
    """How much a finding matters; named as `components/findings.html` names it."""

    OK = "ok"
    LOOK = "look"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """One thing that the hub found, or looked for in vain.

    Args:
        level: how much it matters.
        message: message id.
        parameters: what the message names: `excerpts` (texts), `languages` (BCP 47 codes), `licence` (a code),
            `name` (of another record).
        fields: the names of the fields where it was found.
        slug: the other record it is about, or nothing.
        is_for_eyes: whether somebody should look at the record before it is approved together with others.
    """

    level: Level
    message: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    slug: str = ""
    is_for_eyes: bool = False


@dataclass(frozen=True)
class Twin:
    """Another record with the same website."""

    slug: str
    name: str


TRACES = {
    Pattern.EMAIL: (Level.WARN, N_("It holds an email address: %(excerpts)s")),
    Pattern.PHONE: (Level.WARN, N_("It holds what looks like a telephone number: %(excerpts)s")),
    Pattern.ACCOUNT: (Level.WARN, N_("It holds a bank account number: %(excerpts)s")),
    Pattern.CASE: (Level.WARN, N_("It holds what looks like the number of a case: %(excerpts)s")),
    Pattern.NUMBER: (Level.LOOK, N_("It holds a long number that may stand for a person: %(excerpts)s")),
    Pattern.NAME: (Level.LOOK, N_("It may name a person: %(excerpts)s")),
}
"""What is said of each pattern."""


def findings_on(revision: InnovationRevision, viewer: Viewer) -> list[Finding]:
    """Return what the hub checked by itself in one revision, in a fixed order.

    Args:
        revision: a revision that the viewer may read.
        viewer: who looks; other records are named only where they may know of them.
    """
    return _findings(revision, twins_of([revision], viewer).get(revision.innovation_id, []))


def findings_on_many(revisions: Sequence[InnovationRevision], viewer: Viewer) -> dict[int, list[Finding]]:
    """Return the findings by the id of the revision, in a fixed number of queries."""
    twins = twins_of(revisions, viewer)
    return {each.id: _findings(each, twins.get(each.innovation_id, [])) for each in revisions}


def _findings(revision: InnovationRevision, twins: Sequence[Twin]) -> list[Finding]:
    return [
        _on_licence(revision.licence),
        *_on_translations(revision),
        *_on_twins(revision, twins),
        *_on_traces(revision),
        *_on_links(revision),
        _on_sources(revision),
    ]


def _on_licence(code: str | None) -> Finding:
    if code is None or code == "not_stated":
        return Finding(Level.LOOK, N_("The licence is not stated."), fields=("licence",))
    said = {"licence": code}
    if code == "proprietary":
        message = N_("Its licence is proprietary: its owner decides who may use it.")
        return Finding(Level.OK, message, fields=("licence",))
    if code not in vocabulary("licences"):
        return Finding(Level.WARN, N_("The licence %(licence)s is not on the SPDX list."), said, ("licence",))
    return Finding(Level.OK, N_("The licence %(licence)s is on the SPDX list."), said, ("licence",))


def _on_translations(revision: InnovationRevision) -> Iterator[Finding]:
    if len(revision.texts) == 1:
        return
    outdated = revision.outdated_languages
    if outdated:
        message = N_("These translations are older than the source text: %(languages)s")
        yield Finding(Level.LOOK, message, {"languages": outdated}, ("name",))
    else:
        yield Finding(Level.OK, N_("Every translation was made from the present source text."))


def _on_twins(revision: InnovationRevision, twins: Sequence[Twin]) -> Iterator[Finding]:
    if revision.website_url and not twins:
        yield Finding(Level.OK, N_("No other record has the same website."))
    for twin in twins[:MAX_TWINS]:
        yield Finding(
            Level.LOOK,
            N_("Another record has the same website: %(name)s"),
            {"name": twin.name},
            ("website_url",),
            twin.slug,
            is_for_eyes=True,
        )


def _on_traces(revision: InnovationRevision) -> Iterator[Finding]:
    found: dict[Pattern, dict[str, str]] = defaultdict(dict)
    texts = [(name, getattr(text, name)) for text in revision.texts for name in TEXT_FIELDS]
    rows = [("prerequisites", each.need) for each in revision.prerequisites]
    rows += [("unsuitable", each.note) for each in revision.unsuitable_in]
    for name, words in (*texts, ("staffing", revision.staffing or ""), *rows):
        for pattern, excerpt in traces_in(words):
            found[pattern].setdefault(excerpt, name)
    if not found:
        yield Finding(Level.OK, N_("No addresses or numbers of people, accounts or cases were found."))
    for pattern, (level, message) in TRACES.items():
        if pattern in found:
            excerpts = found[pattern]
            yield Finding(
                level,
                message,
                {"excerpts": tuple(excerpts)[:MAX_EXCERPTS]},
                tuple(dict.fromkeys(excerpts.values())),
                is_for_eyes=True,
            )


def _on_links(revision: InnovationRevision) -> Iterator[Finding]:
    links = [(name, getattr(revision, name) or "") for name in ADDRESSES]
    links += [("sources", each.url) for each in revision.sources]
    if not any(address for _, address in links):
        return
    plain = {address: name for name, address in links if address.lower().startswith("http://")}
    if plain:
        yield Finding(
            Level.LOOK,
            N_("Links that are not encrypted (http without s): %(excerpts)s"),
            {"excerpts": tuple(plain)[:MAX_EXCERPTS]},
            tuple(dict.fromkeys(plain.values())),
        )
    else:
        yield Finding(Level.OK, N_("Every link is encrypted (https)."))


def _on_sources(revision: InnovationRevision) -> Finding:
    if revision.sources:
        return Finding(Level.OK, N_("It names where its facts can be read."))
    is_needed = revision.innovation.is_compiled
    return Finding(
        Level.WARN if is_needed else Level.LOOK,
        N_("It names no source."),
        fields=("sources",),
        is_for_eyes=is_needed,
    )


def normal_website(address: str | None) -> str:
    """Return host and path of a web address as they are compared: without scheme, `www.`, query and last slash."""
    try:
        parts = urlsplit(address or "")
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""
    return f"{host}{parts.path.rstrip('/')}" if host else ""


def twins_of(revisions: Sequence[InnovationRevision], viewer: Viewer) -> dict[int, list[Twin]]:
    """Return the other records with the same website that the viewer may know of, by the id of the innovation."""
    wanted = {each.innovation_id: normal_website(each.website_url) for each in revisions}
    sites = {site for site in wanted.values() if site}
    if not sites:
        return {}
    found: dict[str, dict[int, Twin]] = defaultdict(dict)
    for number, slug, name, address in session().execute(_candidates(sites, viewer)):
        found[normal_website(address)][number] = Twin(slug, name)
    return {
        number: [twin for other, twin in found[site].items() if other != number]
        for number, site in wanted.items()
        if site
    }


def _candidates(sites: set[str], viewer: Viewer) -> Select[int, str, str, str | None]:
    """Return the statement for the websites of records that the viewer may know of, as far as they may read them."""
    read = or_(
        Innovation.published_revision_id == InnovationRevision.id,
        and_(
            InnovationRevision.reviewer_id == viewer.member_id,
            InnovationRevision.status == RevisionStatus.IN_REVIEW,
        ),
    )
    statement = (
        select(Innovation.id, Innovation.slug, RevisionText.name, InnovationRevision.website_url)
        .join(InnovationRevision, InnovationRevision.innovation_id == Innovation.id)
        .join(
            RevisionText,
            and_(
                RevisionText.revision_id == InnovationRevision.id,
                RevisionText.language == InnovationRevision.source_language,
            ),
        )
        .where(visible_to(viewer), read, InnovationRevision.website_url.is_not(None))
        .order_by(Innovation.id)
    )
    if len(sites) > FEW:
        return statement
    address = func.lower(InnovationRevision.website_url)
    hosts = {site.partition("/")[0] for site in sites}
    return statement.where(or_(*(address.contains(host, autoescape=True) for host in sorted(hosts))))
