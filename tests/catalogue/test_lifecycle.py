"""The table of a revision's life, walked cell by cell: every state × action × person."""

from itertools import product

import pytest

from hub.access.viewer import VISITOR, Role, Viewer
from hub.catalogue.lifecycle import INNOVATIONS, REVISIONS
from hub.catalogue.models import Innovation, InnovationRevision, InnovationStatus, RevisionStatus

DRAFT, SUBMITTED, IN_REVIEW, CHANGES, APPROVED, DECLINED, WITHDRAWN = (
    RevisionStatus.DRAFT, RevisionStatus.SUBMITTED, RevisionStatus.IN_REVIEW, RevisionStatus.CHANGES_REQUESTED,
    RevisionStatus.APPROVED, RevisionStatus.DECLINED, RevisionStatus.WITHDRAWN,
)  # fmt: skip

LEADS_TO = {
    ("submit", DRAFT): SUBMITTED,
    ("submit", CHANGES): SUBMITTED,
    ("take", SUBMITTED): IN_REVIEW,
    ("release", IN_REVIEW): SUBMITTED,
    ("publish", IN_REVIEW): APPROVED,
    ("request_changes", IN_REVIEW): CHANGES,
    ("decline", IN_REVIEW): DECLINED,
    ("withdraw", SUBMITTED): WITHDRAWN,
    ("withdraw", IN_REVIEW): WITHDRAWN,
    ("withdraw", CHANGES): WITHDRAWN,
}
"""Written by hand from the domain: (action, from) to where it leads; every other cell is refused."""

ACTIONS = ("submit", "take", "publish", "request_changes", "decline", "release", "withdraw")

OWNER, OTHER, REGISTRAR, REVIEWER = 5, 6, 1, 9
COORDINATOR = frozenset({Role.COORDINATOR})

PEOPLE = {
    "visitor": VISITOR,
    "member": Viewer(member_id=2),
    "registrar": Viewer(
        member_id=REGISTRAR, roles=frozenset({Role.FOCAL_POINT}), focal_countries=frozenset({"GE"})
    ),
    "registrar who lost the role": Viewer(member_id=REGISTRAR),
    "representative": Viewer(member_id=3, organisations=frozenset({OWNER}), represents=frozenset({OWNER})),
    "mere member of the owner": Viewer(member_id=4, organisations=frozenset({OWNER})),
    "representative of another": Viewer(
        member_id=5, organisations=frozenset({OTHER}), represents=frozenset({OTHER})
    ),
    "focal point": Viewer(
        member_id=6, roles=frozenset({Role.FOCAL_POINT}), focal_countries=frozenset({"GE"})
    ),
    "law enforcement": Viewer(member_id=7, law_enforcement_country="GE"),
    "coordinator": Viewer(member_id=8, roles=COORDINATOR),
    "reviewer": Viewer(member_id=REVIEWER, roles=COORDINATOR),
    "reviewer who lost the role": Viewer(member_id=REVIEWER),
    "reviewer of the owner": Viewer(
        member_id=REVIEWER, roles=COORDINATOR, organisations=frozenset({OWNER}), represents=frozenset({OWNER})
    ),
    "coordinator who registered it": Viewer(member_id=REGISTRAR, roles=COORDINATOR),
    "integrity officer": Viewer(member_id=10, roles=frozenset({Role.INTEGRITY_OFFICER})),
    "administrator": Viewer(member_id=11, roles=frozenset({Role.ADMINISTRATOR})),
}

OWNERS_SIDE = {
    "registrar", "representative", "reviewer of the owner",
}  # fmt: skip

MAY = {
    "submit": OWNERS_SIDE,
    "withdraw": OWNERS_SIDE,
    "take": {"coordinator", "reviewer"},
    "publish": {"reviewer"},
    "request_changes": {"reviewer"},
    "decline": {"reviewer"},
    "release": {"reviewer"},
}
"""Written by hand: who may, wherever the state allows it at all."""


def revision_in(status):
    innovation = Innovation(id=1, registered_by_id=REGISTRAR, owner_id=OWNER, origin_country="GE")
    return InnovationRevision(
        innovation=innovation,
        status=status,
        created_by_id=REGISTRAR,
        submitted_by_id=None if status is DRAFT else REGISTRAR,
        reviewer_id=REVIEWER if status is IN_REVIEW else None,
        organisations=[],
    )


@pytest.mark.parametrize(("action", "status"), list(product(ACTIONS, RevisionStatus)))
def test_an_action_leads_where_the_domain_says_or_nowhere(action, status):
    row = REVISIONS.row(action, status)
    assert (row.target if row else None) == LEADS_TO.get((action, status))


def test_the_table_has_no_other_action():
    assert {row.action for row in REVISIONS} == set(ACTIONS)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("status", RevisionStatus)
def test_everybody_is_offered_what_they_may_and_nothing_else(person, status):
    revision = revision_in(status)
    expected = {
        action
        for action in ACTIONS
        if (action, status) in LEADS_TO
        and person in MAY[action]
        and not (action == "take" and person == "reviewer" and status is not SUBMITTED)
    }
    assert set(REVISIONS.actions(PEOPLE[person], revision, status)) == expected


def test_what_is_decided_or_withdrawn_stays_so():
    for status in (APPROVED, DECLINED, WITHDRAWN):
        assert not any(status in row.sources for row in REVISIONS)


UNPUBLISHED, PUBLISHED, ARCHIVED, TAKEN_DOWN = InnovationStatus

RECORD_LEADS_TO = {
    ("publish", UNPUBLISHED): PUBLISHED,
    ("publish", PUBLISHED): PUBLISHED,
    ("publish", ARCHIVED): PUBLISHED,
    ("archive", PUBLISHED): ARCHIVED,
    ("restore", ARCHIVED): PUBLISHED,
    ("take_down", PUBLISHED): TAKEN_DOWN,
    ("take_down", ARCHIVED): TAKEN_DOWN,
}
"""Written by hand: where a record itself goes; from being taken down nothing leads back."""


@pytest.mark.parametrize("action", ["publish", "archive", "restore", "take_down"])
@pytest.mark.parametrize("status", InnovationStatus)
def test_a_record_goes_where_the_domain_says_or_nowhere(action, status):
    row = INNOVATIONS.row(action, status)
    assert (row.target if row else None) == RECORD_LEADS_TO.get((action, status))


def test_the_table_of_records_has_no_other_action():
    assert {row.action for row in INNOVATIONS} == {"publish", "archive", "restore", "take_down"}


@pytest.mark.parametrize("person", PEOPLE)
def test_the_owners_side_archives_and_nobody_publishes_or_takes_down_alone(person):
    innovation = Innovation(id=1, registered_by_id=REGISTRAR, owner_id=OWNER, origin_country="GE")
    for status, action in ((PUBLISHED, "archive"), (ARCHIVED, "restore")):
        expected = (action,) if person in OWNERS_SIDE else ()
        assert INNOVATIONS.actions(PEOPLE[person], innovation, status) == expected
