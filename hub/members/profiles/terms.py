"""What people add to the lists of skills and languages, and what coordinators make of it."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import lock_commits, session
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.lookalikes import skeleton
from hub.members.models import (
    Member,
    Profile,
    ProfileScheme,
    ProfileTerm,
    TermAddition,
    TermStatus,
)
from hub.members.models.profiles import FREE_SCHEMES, TERM_LENGTH
from hub.members.profiles.checking import added_field, check_added, check_line, is_listed
from hub.members.profiles.documents import document_id, profile_document, queue_change
from hub.members.profiles.languages import language_code
from hub.members.profiles.lifecycle import IN_USE, TERMS
from hub.members.profiles.permissions import can_decide_term, can_tend_terms
from hub.members.profiles.queries import additions, is_held
from hub.vocabularies.loader import vocabulary

REASON_LENGTH = 500
"""Characters of what a coordinator says on taking a word off a list."""

TELLING = "+#"
"""Signs that part one word from another: C, C++ and C# are three skills."""


def add_term(actor: Member, scheme: ProfileScheme, label: str, language: str) -> str:
    """Return the code for what somebody typed: of the vocabulary, of an addition that stands, or of a new one.

    Args:
        actor: who types it.
        scheme: languages or skills.
        label: one word or a few.
        language: BCP 47 tag of it.

    Raises:
        InvalidError: it is too long, holds hidden signs, or coordinators took it off the list; names the field.
    """
    if scheme not in FREE_SCHEMES:
        raise InvalidError(N_("Choose from the list."), field=scheme.value)
    label = " ".join(label.split())
    check_added(scheme, label)
    known = _listed_code(scheme, label, language)
    if known is not None:
        return known
    key = term_key(label)
    found = _addition_by_key(scheme, key)
    if found is None:
        # two people who add one word in the same moment add it once
        lock_commits()
        found = _addition_by_key(scheme, key)
    if found is None:
        found = TermAddition(
            scheme=scheme, label=label, key=key, language=language, added_by_id=actor.id, added_at=clock.now()
        )
        session().add(found)
        session().flush()
    if found.status is TermStatus.REMOVED:
        raise InvalidError(
            N_("Coordinators took “%(label)s” off the list. Choose another word."),
            field=added_field(scheme),
            label=label,
        )
    return found.merged_into or found.code


def present_codes(scheme: ProfileScheme, codes: Iterable[str]) -> list[str]:
    """Return chosen codes as they stand now: merged ones are what they became, removed ones are gone, each once.

    Raises:
        InvalidError: the list never held one of them.
    """
    chosen = list(codes)
    added = additions(chosen)
    found: dict[str, None] = {}
    for code in chosen:
        addition = added.get(code)
        if addition is None or addition.scheme is not scheme:
            if not is_listed(scheme, code):
                raise InvalidError(N_("Choose from the list."), field=scheme.value)
            found[code] = None
        elif addition.status is TermStatus.MERGED and addition.merged_into is not None:
            found[addition.merged_into] = None
        elif addition.status in IN_USE:
            found[code] = None
    return list(found)


def kept_terms(scheme: ProfileScheme) -> Sequence[TermAddition]:
    """Return the additions to a list that coordinators kept, which everybody may choose; by their words."""
    return (
        session()
        .scalars(
            select(TermAddition)
            .where(TermAddition.scheme == scheme, TermAddition.status == TermStatus.KEPT)
            .order_by(TermAddition.label)
        )
        .all()
    )


def keep_term(actor: Viewer, addition: TermAddition) -> None:
    """Let everybody choose an addition.

    Raises:
        NotFoundError: the actor does not look after lists; ForbiddenError: they added it themselves;
        ConflictError: somebody decided it meanwhile.
    """
    _require_decider(actor, addition)
    _decide(actor, addition, "keep")
    record(actor, Event.TERM_KEEP, addition.subject, after={"label": addition.label})


def merge_term(actor: Viewer, addition: TermAddition, into: str) -> int:
    """Put another value of the same list in the place of an addition; profiles follow.

    Args:
        actor: a coordinator who did not add it.
        addition: what goes.
        into: code of what stands in its place: of the vocabulary, or of another addition in use.

    Returns:
        How many profiles held it.

    Raises:
        InvalidError: `into` is no value of the list, or the addition itself; NotFoundError, ForbiddenError,
        ConflictError: as for keeping.
    """
    _require_decider(actor, addition)
    if into == addition.code or not _can_stand(addition.scheme, into):
        raise InvalidError(N_("Choose what stands in its place."), field="into")
    _decide(actor, addition, "merge", merged_into=into)
    # what was merged into it before follows, so that no code leads to one that is gone
    session().execute(
        update(TermAddition)
        .where(TermAddition.scheme == addition.scheme, TermAddition.merged_into == addition.code)
        .values(merged_into=into)
    )
    record(actor, Event.TERM_MERGE, addition.subject, after={"label": addition.label, "into": into})
    return _follow(addition, into)


def remove_term(actor: Viewer, addition: TermAddition, reason: str) -> int:
    """Take an addition off its list and out of all profiles; nobody can add it again.

    Returns:
        How many profiles held it.

    Raises:
        InvalidError: no reason; NotFoundError, ForbiddenError, ConflictError: as for keeping.
    """
    _require_decider(actor, addition)
    if not reason.strip():
        raise InvalidError(N_("Say why it goes."), field="words")
    check_line("words", reason, REASON_LENGTH)
    _decide(actor, addition, "remove")
    session().execute(
        update(TermAddition)
        .where(TermAddition.scheme == addition.scheme, TermAddition.merged_into == addition.code)
        .values(status=TermStatus.REMOVED, merged_into=None)
    )
    record(actor, Event.TERM_REMOVE, addition.subject, reason=reason, after={"label": addition.label})
    return _follow(addition, None)


def term_queue(viewer: Viewer) -> Sequence[tuple[TermAddition, int]]:
    """Return the additions that wait for a coordinator, the oldest first, each with how many profiles hold it.

    What no profile holds any more waits for nobody.
    """
    if not can_tend_terms(viewer):
        return []
    holders = (
        select(func.count())
        .where(ProfileTerm.scheme == TermAddition.scheme, ProfileTerm.code == "x-" + TermAddition.public_id)
        .correlate(TermAddition)
        .scalar_subquery()
    )
    rows = session().execute(
        select(TermAddition, holders)
        .where(TermAddition.status == TermStatus.ADDED, is_held())
        .order_by(TermAddition.added_at, TermAddition.id)
    )
    return [(addition, number) for addition, number in rows]


def term_by_id(public_id: str, viewer: Viewer) -> TermAddition:
    """Return an addition for a coordinator's desk.

    Raises:
        NotFoundError: there is none, or the viewer does not look after lists.
    """
    found = session().scalar(select(TermAddition).where(TermAddition.public_id == public_id))
    if found is None or not can_tend_terms(viewer):
        raise NotFoundError
    return found


def holders_of(addition: TermAddition) -> int:
    """Return how many profiles hold an addition."""
    query = select(func.count()).where(
        ProfileTerm.scheme == addition.scheme, ProfileTerm.code == addition.code
    )
    return session().scalar(query) or 0


def term_key(label: str) -> str:
    """Return what two spellings of one word have in common."""
    telling = "".join(sign for sign in unicodedata.normalize("NFKC", label) if sign in TELLING)
    return (skeleton(label) + telling)[: 2 * TERM_LENGTH]


def _listed_code(scheme: ProfileScheme, label: str, language: str) -> str | None:
    if scheme is ProfileScheme.LANGUAGES:
        return language_code(label, language)
    return _vocabulary_keys(scheme.value).get(term_key(label))


@cache
def _vocabulary_keys(name: str) -> dict[str, str]:
    """Return the codes of a vocabulary by the keys of their labels and aliases; a label goes before an alias."""
    terms = vocabulary(name).terms
    keys = {term_key(term.label): term.code for term in terms}
    for term in terms:
        for alias in term.aliases:
            keys.setdefault(term_key(alias), term.code)
    return keys


def _addition_by_key(scheme: ProfileScheme, key: str) -> TermAddition | None:
    return session().scalar(
        select(TermAddition).where(TermAddition.scheme == scheme, TermAddition.key == key)
    )


def _can_stand(scheme: ProfileScheme, code: str) -> bool:
    addition = additions([code]).get(code)
    if addition is not None:
        return addition.scheme is scheme and addition.status in IN_USE
    return is_listed(scheme, code)


def _require_decider(actor: Viewer, addition: TermAddition) -> None:
    if not can_tend_terms(actor):
        raise NotFoundError
    if not can_decide_term(actor, addition):
        raise ForbiddenError(N_("You added this word yourself: another coordinator decides about it."))


def _decide(actor: Viewer, addition: TermAddition, action: str, **changes: object) -> None:
    TERMS.move(addition, action, decided_by_id=actor.member_id, decided_at=clock.now(), **changes)


def _follow(addition: TermAddition, into: str | None) -> int:
    """Put `into` in the place of an addition in all profiles, or nothing, and have search find them so."""
    held = (ProfileTerm.scheme == addition.scheme, ProfileTerm.code == addition.code)
    holders = list(session().scalars(select(ProfileTerm.member_id).where(*held)))
    before = {each.member_id: profile_document(each) for each in _profiles(holders)}
    if into is not None:
        have_it = select(ProfileTerm.member_id).where(
            ProfileTerm.scheme == addition.scheme, ProfileTerm.code == into
        )
        session().execute(
            update(ProfileTerm).where(*held, ProfileTerm.member_id.not_in(have_it)).values(code=into),
            execution_options={"synchronize_session": False},
        )
    session().execute(delete(ProfileTerm).where(*held), execution_options={"synchronize_session": False})
    session().expire_all()
    for profile in _profiles(holders):
        document = profile_document(profile)
        if document is not None:
            queue_change(document_id(profile.member), before[profile.member_id], document)
    return len(holders)


def _profiles(member_ids: Sequence[int]) -> Sequence[Profile]:
    if not member_ids:
        return []
    query = select(Profile).where(Profile.member_id.in_(member_ids)).options(joinedload(Profile.member))
    return session().scalars(query.order_by(Profile.member_id)).all()
