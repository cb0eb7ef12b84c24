"""What becomes of each thing that somebody is party to when they erase their account, in words."""

from collections.abc import Iterable, Iterator

from flask import url_for
from flask_babel import ngettext

from hub.catalogue.departing import OpenRecords
from hub.catalogue.models import Innovation
from hub.privacy.erasure import OpenMatters
from hub.vetting.departing import OpenStanding
from hub.web.account.erasing.collaboration import fates_of_collaboration
from hub.web.account.erasing.commitments import fates_of_commitments
from hub.web.account.erasing.fate import MOST_NAMED, Fate, Named
from hub.web.account.erasing.showcases import fates_of_showcases
from hub.web.appointments.words import proposal_words, role_words
from hub.web.i18n import country_name, translate


def fates_of(matters: OpenMatters) -> list[Fate]:
    """Return what becomes of everything open, what is lost for good first."""
    found = [
        *_records(matters.records),
        *fates_of_collaboration(matters.collaboration),
        *fates_of_showcases(matters.showcases),
        *fates_of_commitments(matters.commitments),
        *_standing(matters.standing),
    ]
    if matters.reports:
        title = ngettext(
            "%(num)s report of abuse that waits", "%(num)s reports of abuse that wait", matters.reports
        )
        found.append(
            Fate(
                title,
                ngettext(
                    "A coordinator decides it without you.",
                    "A coordinator decides them without you.",
                    matters.reports,
                ),
            )
        )
    return found


def _records(work: OpenRecords) -> Iterator[Fate]:
    if work.discarded:
        title = ngettext("%(num)s draft", "%(num)s drafts", len(work.discarded))
        becomes = ngettext(
            "Nobody else can go on with it. It is deleted with all that it holds.",
            "Nobody else can go on with them. They are deleted with all that they hold.",
            len(work.discarded),
        )
        yield Fate(title, becomes, _innovations(work.discarded))
    if work.withdrawn:
        title = ngettext("%(num)s revision that waits", "%(num)s revisions that wait", len(work.withdrawn))
        becomes = ngettext(
            "Nobody else can answer for it. It is withdrawn; what is published stays.",
            "Nobody else can answer for them. They are withdrawn; what is published stays.",
            len(work.withdrawn),
        )
        yield Fate(title, becomes, _innovations(each.innovation for each in work.withdrawn))
    if work.left:
        title = ngettext(
            "%(num)s innovation that only you look after",
            "%(num)s innovations that only you look after",
            len(work.left),
        )
        becomes = ngettext(
            "It stays published. To have somebody look after it, make a colleague a representative or hand it over"
            " first.",
            "They stay published. To have somebody look after them, make a colleague a representative or hand them"
            " over first.",
            len(work.left),
        )
        yield Fate(title, becomes, _innovations(work.left))
    for things, title, becomes in (
        (
            work.claims,
            ngettext("%(num)s claim on a record", "%(num)s claims on records", len(work.claims)),
            ngettext(
                "Nobody else speaks for your organisation. It is withdrawn.",
                "Nobody else speaks for your organisation. They are withdrawn.",
                len(work.claims),
            ),
        ),
        (
            work.offers,
            ngettext("%(num)s offer of a record", "%(num)s offers of records", len(work.offers)),
            ngettext(
                "Nobody else speaks for your organisation. It is withdrawn.",
                "Nobody else speaks for your organisation. They are withdrawn.",
                len(work.offers),
            ),
        ),
        (
            work.proposals,
            ngettext("%(num)s proposal", "%(num)s proposals", len(work.proposals)),
            ngettext(
                "You proposed it to a second coordinator. It is withdrawn.",
                "You proposed them to a second coordinator. They are withdrawn.",
                len(work.proposals),
            ),
        ),
        (
            work.reviews,
            ngettext("%(num)s review in your hands", "%(num)s reviews in your hands", len(work.reviews)),
            ngettext(
                "It goes back to the other coordinators.",
                "They go back to the other coordinators.",
                len(work.reviews),
            ),
        ),
        (
            work.tasks,
            ngettext("%(num)s task in your hands", "%(num)s tasks in your hands", len(work.tasks)),
            ngettext(
                "It goes back to the other coordinators.",
                "They go back to the other coordinators.",
                len(work.tasks),
            ),
        ),
    ):
        if things:
            yield Fate(title, becomes, _innovations(each.innovation for each in things))


def _standing(standing: OpenStanding) -> Iterator[Fate]:
    if standing.roles:
        title = ngettext("%(num)s role", "%(num)s roles", len(standing.roles))
        named = tuple(Named(role_words(each.role, each.country)) for each in standing.roles)
        yield Fate(
            title,
            ngettext(
                "It ends. To get it back, two people must give it to you again.",
                "They end. To get one back, two people must give it to you again.",
                len(standing.roles),
            ),
            named,
        )
    if standing.statuses:
        named = tuple(Named(country_name(each.country)) for each in standing.statuses)
        becomes = translate("It ends, and what waits is withdrawn. Authority and reference are erased.")
        yield Fate(translate("Law-enforcement status"), becomes, named)
    spoken = [each for each in standing.memberships if each not in standing.unspoken]
    if spoken:
        title = ngettext(
            "%(num)s membership in an organisation", "%(num)s memberships in organisations", len(spoken)
        )
        named = tuple(Named(each.organisation.name) for each in spoken)
        yield Fate(
            title,
            ngettext(
                "It ends. The organisation and its records stay.",
                "They end. The organisations and their records stay.",
                len(spoken),
            ),
            named,
        )
    if standing.unspoken:
        title = ngettext(
            "%(num)s organisation for which only you speak",
            "%(num)s organisations for which only you speak",
            len(standing.unspoken),
        )
        becomes = ngettext(
            "Nobody speaks for it any more: its verification lapses at once, law-enforcement status that rests on it"
            " ends, and the coordinators are told. To avoid that, make a colleague a representative first.",
            "Nobody speaks for them any more: their verification lapses at once, law-enforcement status that rests on"
            " it ends, and the coordinators are told. To avoid that, make a colleague a representative first.",
            len(standing.unspoken),
        )
        yield Fate(title, becomes, tuple(Named(each.organisation.name) for each in standing.unspoken))
    yield from _asked(standing)


def _asked(standing: OpenStanding) -> Iterator[Fate]:
    if standing.proposals:
        title = ngettext("%(num)s proposal of a role", "%(num)s proposals of roles", len(standing.proposals))
        yield Fate(
            title,
            _withdrawn(len(standing.proposals)),
            tuple(Named(proposal_words(each)) for each in standing.proposals),
        )
    if standing.merges:
        title = ngettext(
            "%(num)s proposal to merge organisations",
            "%(num)s proposals to merge organisations",
            len(standing.merges),
        )
        yield Fate(
            title,
            _withdrawn(len(standing.merges)),
            tuple(Named(each.organisation.name) for each in standing.merges),
        )
    if standing.verifications:
        title = ngettext(
            "%(num)s request to verify an organisation",
            "%(num)s requests to verify organisations",
            len(standing.verifications),
        )
        named = tuple(Named(each.organisation.name) for each in standing.verifications)
        yield Fate(title, _withdrawn(len(standing.verifications)), named)
    if standing.invitations:
        title = ngettext(
            "%(num)s invitation that nobody accepted yet",
            "%(num)s invitations that nobody accepted yet",
            len(standing.invitations),
        )
        yield Fate(
            title,
            ngettext(
                "It is revoked: the link in the mail opens nothing any more.",
                "They are revoked: the links in the mails open nothing any more.",
                len(standing.invitations),
            ),
        )
    if standing.has_reset:
        yield Fate(translate("A report of lost second factors"), translate("It is deleted."))


def _withdrawn(number: int) -> str:
    return str(ngettext("It is withdrawn.", "They are withdrawn.", number))


def _innovations(innovations: Iterable[Innovation]) -> tuple[Named, ...]:
    """Return records by their names, each once."""
    found = []
    for each in list(dict.fromkeys(innovations))[:MOST_NAMED]:
        words = (each.published_revision or each.latest_revision).source_text
        found.append(Named(words.name, words.language, url_for("catalogue.show", slug=each.slug)))
    return tuple(found)
