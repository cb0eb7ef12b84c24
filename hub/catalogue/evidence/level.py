"""The evidence level of an innovation: computed from what was accepted, never typed. See docs/evidence.md.

After the Standards of Evidence of Nesta (R. Puttick and J. Ludlow, 2013), as the hub's own rules read them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hub.catalogue.models import Evidence, EvidenceStatus, Innovation, Replication, ReplicationStatus
from hub.core.database import session
from hub.core.i18n import N_
from hub.vocabularies.loader import vocabulary

CHANGE = frozenset({"output_data", "before_after"})
"""Types of evidence that show a change (level 2)."""

CAUSE = frozenset({"comparison_group", "randomised_trial", "independent_evaluation"})
"""Types of evidence that show that the innovation caused it (level 3)."""

LEVEL_OF_CHANGE, LEVEL_OF_CAUSE = 2, 3

COUNTRIES_FOR_FIVE = 2
"""Other countries with verified replications that level 5 asks for."""

REACHED = {
    None: N_("No evidence has been accepted yet."),
    1: N_("An account of what it does and why was accepted."),
    2: N_("Data that show a change were accepted: output data, or figures from before and after."),
    3: N_("A comparison group, a trial or an independent evaluation that shows the cause was accepted."),
    4: N_("A cause was shown, and a replication was verified with independent evidence."),
    5: N_(
        "A cause was shown, replications were verified in two or more other countries, and its documentation is "
        "public."
    ),
}
"""Which rule gave each level."""

RAISED_BY = {
    None: N_("An account by somebody who knows what it does and why."),
    1: N_("Output data, or the same figures from before it began and since."),
    2: N_("A comparison with places that do not use it, a trial, or an independent evaluation."),
    3: N_("A replication by another organisation, verified with evidence that is independent of the owner."),
    4: N_("Verified replications in two or more other countries, and documentation that everybody can read."),
    5: "",
}
"""What would raise each level."""


@dataclass(frozen=True)
class EvidenceLevel:
    """A level with what it rests on.

    Args:
        number: 1 to 5, or None where nothing was accepted.
        rests_on: the accepted evidence behind exactly this level.
    """

    number: int | None
    rests_on: tuple[Evidence, ...] = ()

    @property
    def reached_by(self) -> str:
        """The message id of the rule that gave the level."""
        return REACHED[self.number]

    @property
    def raised_by(self) -> str:
        """The message id of what would raise it, empty at the top."""
        return RAISED_BY[self.number]

    @property
    def year(self) -> int | None:
        """The newest year of the evidence it rests on."""
        return max((each.year for each in self.rests_on), default=None)


def level_of(innovation: Innovation, *, assumed: Evidence | Replication | None = None) -> EvidenceLevel:
    """Return the evidence level of an innovation from its accepted evidence and verified replications.

    Evidence about a replication counts for levels 4 and 5 only, and a replication by the present owner for nothing.

    Args:
        innovation: the innovation.
        assumed: counted as accepted or verified, to tell a coordinator what a decision would bring.
    """
    accepted = [
        each for each in innovation.evidence if each.status is EvidenceStatus.ACCEPTED or each is assumed
    ]
    own = [each for each in accepted if each.replication_id is None]
    cause = _of_type(own, CAUSE.__contains__)
    if not cause:
        change = _of_type(own, CHANGE.__contains__)
        return EvidenceLevel(2, change) if change else EvidenceLevel(1 if own else None, tuple(own))
    verified = [
        each
        for each in innovation.replications
        if (each.status is ReplicationStatus.VERIFIED or each is assumed)
        # who took it up may have become its owner since
        and each.adopter_id != innovation.owner_id
    ]
    repeated = {each.id: _independent(accepted, each) for each in verified}
    supported = [each for each in verified if repeated[each.id]]
    if not supported:
        return EvidenceLevel(3, cause)
    elsewhere = {each.country for each in verified} - {innovation.origin_country}
    is_open = len(elsewhere) >= COUNTRIES_FOR_FIVE and is_documented(innovation)
    behind = cause + tuple(evidence for each in supported for evidence in repeated[each.id])
    return EvidenceLevel(5 if is_open else 4, behind)


def pieces_behind(innovation: Innovation, known: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return those of `known` on which the stored level of the innovation rests, as `level_of` finds them.

    Args:
        innovation: the innovation.
        known: evidence of it that was loaded with its replications; nothing else is read.
    """
    level = innovation.evidence_level
    accepted = [each for each in known if each.status is EvidenceStatus.ACCEPTED]
    own = [each for each in accepted if each.replication_id is None]
    if level is None or level < LEVEL_OF_CHANGE:
        return tuple(own)
    if level == LEVEL_OF_CHANGE:
        return _of_type(own, CHANGE.__contains__)
    cause = _of_type(own, CAUSE.__contains__)
    if level == LEVEL_OF_CAUSE:
        return cause
    return cause + tuple(
        each
        for each in accepted
        if each.is_independent
        and each.replication is not None
        and each.replication.status is ReplicationStatus.VERIFIED
        and each.replication.adopter_id != innovation.owner_id
    )


def store_level(innovation: Innovation) -> bool:
    """Compute the level, keep it where lists and search find it, and return whether it changed."""
    level = level_of(innovation)
    if (innovation.evidence_level, innovation.evidence_year) == (level.number, level.year):
        return False
    innovation.evidence_level, innovation.evidence_year = level.number, level.year
    session().flush()
    return True


def is_documented(innovation: Innovation) -> bool:
    """Whether everybody can read the documentation: a public record that names it."""
    revision = innovation.published_revision
    return revision is not None and bool(revision.documentation_url) and innovation.audience == "public"


def levels_from(code: str) -> frozenset[str]:
    """Return the levels that a code of a filter stands for: `2` for itself, `2+` for 2 and all above it."""
    least = code.removesuffix("+")
    if least == code:
        return frozenset({code})
    return frozenset(each for each in vocabulary("evidence_levels").codes if each >= least)


def _of_type(evidence: Iterable[Evidence], is_wanted: Callable[[str], bool]) -> tuple[Evidence, ...]:
    return tuple(each for each in evidence if is_wanted(each.type))


def _independent(accepted: Iterable[Evidence], replication: Replication) -> tuple[Evidence, ...]:
    return tuple(each for each in accepted if each.replication_id == replication.id and each.is_independent)
