"""Hidden things with a word in every text column: a police record with all that hangs on it, and people's affairs."""

from datetime import timedelta

from sqlalchemy import JSON, case, select, update

from hub.access.viewer import Role
from hub.catalogue.models import ApprovalBatch, BatchEntry, ImportRun
from hub.catalogue.review.service import Opinion, publish_revision, request_changes, take_revision
from hub.catalogue.service import submit_revision
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.heartbeats import Heartbeat
from hub.integrity.models import Recusal
from hub.integrity.permissions import Conflict
from hub.integrity.service import Declaration, declare_interest
from hub.members.models import (
    MailToken,
    MemberStatus,
    Passkey,
    RecoveryCode,
    SignInAttempt,
    SignInSession,
    TokenPurpose,
)
from hub.migrations.tables import METADATA
from hub.organisations.models import OrganisationStatus
from hub.vetting.applications import decline_application
from hub.vetting.factor_resets import decline_reset
from hub.vetting.invitations import invite
from hub.vetting.law_enforcement import approve_status, decline_status, request_status, revoke_status
from hub.vetting.models import Application, FactorReset
from hub.vetting.roles import decline_proposal, propose_role
from hub.vetting.standing import suspend_member
from tests.catalogue.cast import did
from tests.catalogue.proofs import stored_file
from tests.catalogue.records import GEORGIAN_POLICE, draft
from tests.factories import make_member, make_organisation
from tests.web.catalogue.canary import fill, fill_proofs
from tests.web.leaks.community import (
    hide_erasures,
    hide_messages,
    hide_organisations,
    hide_profile,
    hide_shortlist,
)
from tests.web.leaks.suggested import hide_suggestions
from tests.web.leaks.words import MARK, WORDS, reason_for, word

FROZEN = frozenset({"audit_chain", "audit_entries", "search_journal"})
"""Tables that refuse changes; words come into them by what the services write."""

CONTENT = (
    "innovation_revisions",
    "revision_texts",
    "revision_terms",
    "revision_countries",
    "revision_organisations",
    "revision_prerequisites",
    "revision_sources",
)
"""What an approved revision freezes; planted while it is a draft."""

DECISIONS = ("review_decisions", "field_comments")

SHAPES = {
    "import_runs.problems": lambda said: [{"record": 1, "field": said, "message": said, "parameters": {}}],
    "outbox_messages.parameters": lambda said: {"words": said},
    "follows.query": lambda said: {"q": said, "filters": {}},
}
"""Columns of JSON that are no list of words."""

CALLED = {"commitments": ("code",)}
"""Columns beside the random ids whose values name one thing alone."""

ADDRESSES = frozenset({"email", "address", "contact_email", "guest_email"})

ONE_OF_BOTH = {
    "entry_materials.url": "stored_file_id",
    "entry_presenters.name": "member_id",
    "registrations.guest_email": "member_id",
    "registrations.guest_name": "member_id",
}
"""Columns that hold something only where another one holds nothing."""


def rows_now():
    """Return the primary keys that each table has."""
    return {
        table.name: {tuple(row) for row in session().execute(select(*table.primary_key))}
        for table in METADATA.tables.values()
    }


def rows_since(before):
    """Return the primary keys that each table got since `before`."""
    return {name: keys - before[name] for name, keys in rows_now().items()}


def plant(rows, tables=None):
    """Put its word into every text column of some rows.

    Args:
        rows: primary keys by table.
        tables: which tables; otherwise all that take changes and that `hide_record` has not filled before.
    """
    names = tables or set(rows) - FROZEN - set(CONTENT) - set(DECISIONS)
    for name in names:
        table = METADATA.tables[name]
        columns = [
            table.c[column] for owner, column in WORDS if owner == name and not reason_for(name, column)
        ]
        for key in rows[name]:
            mine = [column == part for column, part in zip(table.primary_key, key, strict=True)]
            values = {column.name: _value(column, key[0]) for column in columns}
            if values:
                session().execute(update(table).where(*mine).values(values))
    session().commit()


def _value(column, number):
    name = f"{column.table.name}.{column.name}"
    said = word(name)
    if name in ONE_OF_BOTH:
        is_free = column.table.c[ONE_OF_BOTH[name]].is_(None)
        return case((is_free, _text(column, number, said)), else_=column)
    return _text(column, number, said)


def _text(column, number, said):
    name = f"{column.table.name}.{column.name}"
    if isinstance(column.type, JSON):
        return SHAPES.get(name, lambda each: [each])(said)
    if column.name in ADDRESSES:
        return f"{said}{number}@{said}.example"
    if column.name.endswith("url") or column.name in {"website", "contact_address", "based_on"}:
        return f"https://example.org/{said}"
    is_unique = column.unique or column.primary_key or "hash" in column.name
    return f"{said}{number}" if is_unique else said


def random_ids(rows):
    """Return what hidden things are called that nothing else is called, each with its column."""
    found = {}
    for name, keys in rows.items():
        table = METADATA.tables[name]
        # a record that was never public has its random id for an address
        for column in ("slug", "public_id", *CALLED.get(name, ())) if name != "organisations" else ():
            if column not in table.c:
                continue
            for row in session().execute(select(*table.primary_key, table.c[column])):
                if tuple(row[:-1]) in keys:
                    found[row[-1]] = f"{name}.{column}"
    return found


def unplanted():
    """Return the text columns that should hold their word and hold it nowhere."""
    missing = []
    for table, column in WORDS:
        if reason_for(table, column):
            continue
        values = session().scalars(select(METADATA.tables[table].c[column]))
        looked_for = MARK.pattern if table == "search_journal" else word(f"{table}.{column}")
        if not any(_holds(value, looked_for) for value in values):
            missing.append(f"{table}.{column}")
    return missing


def _holds(value, looked_for):
    text = str(value)
    return bool(MARK.search(text)) if looked_for == MARK.pattern else looked_for in text


def hide_record(scene):
    """Store a record of Georgian police with everything that can hang on it; return it.

    Its owner's representative registers it, coordinators who are nobody's viewers review it.
    """
    before = rows_now()
    revision = draft(scene, readership=GEORGIAN_POLICE)
    fill(revision)
    plant(rows_since(before), CONTENT)
    session().refresh(revision)
    said = word("field_comments.words")
    comments = {"name": said, word("field_comments.field"): said}
    for opinion in (Opinion(("other",), word("review_decisions.words"), comments), None):
        with transaction():
            submit_revision(scene.partner, revision, version=revision.version)
        with transaction():
            take_revision(scene.coordinator, revision)
        with transaction():
            if opinion:
                request_changes(scene.coordinator, revision, opinion)
            else:
                publish_revision(scene.coordinator, revision)
    plant(rows_since(before), ["review_decisions"])
    fill_proofs(revision.innovation)
    return revision.innovation


def hide_people(innovation):
    """Store people who are nobody's viewers, with all that waits about them and all that is theirs alone."""
    before = rows_now()
    first, second = make_member(roles=[Role.COORDINATOR]), make_member(roles=[Role.COORDINATOR])
    organisation = make_organisation()
    member = make_member(represents=[organisation], has_factor=True)
    other, suspended = make_member(), make_member()
    applicants = [make_member(status=MemberStatus.CONFIRMED) for _ in range(2)]
    # mails name people and organisations
    plant(rows_since(before), ["members", "organisations"])
    _applications(first, applicants)
    _statuses(member, first, second)
    did(propose_role, first, member, Role.COORDINATOR, reason=word("role_proposals.reason"))
    declined = did(propose_role, first, other, Role.COORDINATOR, reason=word("audit_entries.reason"))
    did(decline_proposal, second, declined, word("role_proposals.decision_words"))
    for is_declined in (True, False):
        reset = FactorReset(member_id=member.id, words="Words.", requested_at=now())
        session().add(reset)
        session().commit()
        if is_declined:
            did(decline_reset, first, reset, word("factor_resets.decision_words"))
    did(declare_interest, member, Declaration("employer", "Somebody"))
    did(invite, member, "somebody@else.example", organisation=organisation)
    # only a verified one invites; from here on it is hidden
    organisation.status = OrganisationStatus.UNVERIFIED
    session().commit()
    did(suspend_member, first, suspended, word("audit_entries.reason"))
    hide_organisations(first, member, organisation)
    hide_profile(member)
    hide_messages(member, other)
    hide_shortlist(member, other, innovation)
    hide_suggestions(first, member, other, innovation)
    hide_erasures()
    _belongings(member)
    _bulk(first, member, innovation)


def _applications(coordinator, applicants):
    for person, is_declined in zip(applicants, (False, True), strict=True):
        session().add(
            Application(
                member_id=person.id, words="Words.", consent_version="1", applied_at=now(), confirmed_at=now()
            )
        )
        session().commit()
        if is_declined:
            words = word("applications.decision_words")
            did(decline_application, coordinator, person, reasons=("other",), words=words)


def _statuses(member, first, second):
    asked = {"country": "GE", "authority": "Police", "reference": "7", "words": "Words."}
    declined = did(request_status, member, **asked)
    did(decline_status, first, declined, word("law_enforcement_statuses.decision_words"))
    revoked = did(request_status, member, **asked)
    for coordinator in (first, second):
        did(approve_status, coordinator, revoked)
    did(revoke_status, first, revoked, word("law_enforcement_statuses.decision_words"))
    did(request_status, member, **asked)


def _belongings(member):
    then = now() - timedelta(minutes=1)
    own = {"member_id": member.id, "created_at": then}
    session().add_all(
        (
            SignInSession(**own, token_hash="t", last_seen_at=then, user_agent="Words."),
            Passkey(**own, name="Words.", credential_id=b"1", public_key=b"1"),
            RecoveryCode(**own, code_hash="c"),
            MailToken(
                **own,
                purpose=TokenPurpose.ADDRESS,
                address="new@else.example",
                expires_at=then + timedelta(days=1),
            ),
            SignInAttempt(account_key="a", network_key="n", attempted_at=then),
            Heartbeat(name="another", beat_at=then),
        )
    )
    session().commit()


def _bulk(coordinator, member, innovation):
    """Add an import, a batch that the hidden record was in, and a recusal from it."""
    batch = ApprovalBatch(collection="papers", submitted_by_id=member.id, submitted_at=now())
    run = ImportRun(
        started_by_id=member.id, started_at=now(), format="csv", file=stored_file("b" * 43), language="en-GB",
        is_dry_run=True, problems=[],
    )  # fmt: skip
    recusal = Recusal(
        member_id=coordinator.id, subject=innovation.subject, conflict=Conflict.DECLARED, recorded_at=now()
    )
    session().add_all((batch, run, recusal))
    session().flush()
    session().add(BatchEntry(batch_id=batch.id, revision_id=innovation.revisions[0].id))
    session().commit()
