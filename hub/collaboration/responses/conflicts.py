"""What ties the two sides of a response besides the response itself: marked for who chooses, and weighed by them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hub.access.viewer import Interest
from hub.collaboration.models import CollaborationRequest, Response, ResponseStatus, Side
from hub.collaboration.telling import requester_ids
from hub.core import clock
from hub.integrity.interests import MEMBERSHIP
from hub.integrity.viewers import interests_in_force
from hub.organisations.models import Organisation
from hub.organisations.queries import active_memberships, same_as


class TieKind(StrEnum):
    """What ties two sides."""

    SAME_ORGANISATION = "same_organisation"
    INTEREST = "interest"
    FORMER_MEMBERSHIP = "former_membership"


@dataclass(frozen=True)
class Tie:
    """One thing that ties the two sides of a response.

    Args:
        kind: what ties them.
        side: who declared it, or belonged to an organisation of the other side; None where it is the same for both.
        organisation: the organisation, where it is named in the request or in the response; else None: who merely
            belongs to one is not told of by it. Which kind of interest it is stays with who declared it.
    """

    kind: TieKind
    side: Side | None = None
    organisation: Organisation | None = None


def ties_of(request: CollaborationRequest, responses: Sequence[Response]) -> dict[int, tuple[Tie, ...]]:
    """Return what ties the two sides, by id of the response; as many queries for many as for one.

    Of a draft nothing is said: who merely begins one shall not learn to whom somebody belongs who asks without a name.

    Args:
        request: the request.
        responses: responses to it.
    """
    if not responses:
        return {}
    requesters = requester_ids(request)
    responders = {each.responder_id for each in responses}
    memberships = _memberships(requesters | responders)
    named = {
        each for each in (request.organisation_id, *(each.organisation_id for each in responses)) if each
    }
    same = same_as(named | set().union(*memberships.values()))
    known = _Known(same, memberships, interests_in_force(requesters | responders, clock.now()))
    theirs = known.everything({request.organisation_id}, {request.posted_by_id})
    return {
        each.id: ()
        if each.status is ResponseStatus.DRAFT
        else tuple(_ties(request, each, known, requesters, theirs))
        for each in responses
    }


def known_to_responder(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Return those ties that the responder's side reads: not what people of the requester declared."""
    return tuple(each for each in ties if each.side is not Side.REQUESTER)


@dataclass(frozen=True)
class _Known:
    """What is known of organisations and people: ids that merges made one, memberships, interests."""

    same: Mapping[int, frozenset[int]]
    memberships: Mapping[int, frozenset[int]]
    interests: Mapping[int, Iterable[Interest]]

    def under_every_id(self, organisation_ids: Iterable[int | None]) -> frozenset[int]:
        """Return organisations under every id that the hub knew them by."""
        return frozenset[int]().union(
            *(self.same.get(each, frozenset({each})) for each in organisation_ids if each is not None)
        )

    def everything(self, named: Iterable[int | None], member_ids: Collection[int]) -> frozenset[int]:
        """Return the organisations named, and those that these members belong to."""
        belonging = frozenset[int]().union(*(self.memberships.get(each, frozenset()) for each in member_ids))
        return self.under_every_id({*named, *belonging})


def _memberships(member_ids: Collection[int]) -> dict[int, frozenset[int]]:
    return {
        member_id: frozenset(organisation_id for organisation_id, _role in rows)
        for member_id, rows in active_memberships(sorted(member_ids)).items()
    }


def _ties(
    request: CollaborationRequest,
    response: Response,
    known: _Known,
    requesters: frozenset[int],
    theirs: frozenset[int],
) -> Iterator[Tie]:
    """Yield the ties of one response, each once: first what both sides share, then what each declared."""
    ours = known.everything({response.organisation_id}, {response.responder_id})
    named = [each for each in (request.organisation, response.organisation) if each is not None]
    if shared := ours & theirs:
        yield Tie(TieKind.SAME_ORGANISATION, organisation=_named_in(shared, named, known))
    seen = set[Tie]()
    for side, member_ids, others in (
        (Side.RESPONDER, {response.responder_id}, theirs - ours),
        (Side.REQUESTER, requesters, ours - theirs),
    ):
        for member_id in sorted(member_ids):
            for interest in known.interests.get(member_id, ()):
                if interest.organisation_id in others:
                    organisation = _named_in({interest.organisation_id}, named, known)
                    tie = _tie_of(side, interest, organisation)
                    if tie not in seen:
                        seen.add(tie)
                        yield tie


def _tie_of(side: Side, interest: Interest, organisation: Organisation | None) -> Tie:
    if interest.kind == MEMBERSHIP:
        return Tie(TieKind.FORMER_MEMBERSHIP, side, organisation)
    return Tie(TieKind.INTEREST, side, organisation)


def _named_in(
    organisation_ids: Collection[int], named: Sequence[Organisation], known: _Known
) -> Organisation | None:
    return next((each for each in named if known.under_every_id({each.id}) & set(organisation_ids)), None)
