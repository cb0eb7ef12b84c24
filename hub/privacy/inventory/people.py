"""References to members in the tables of accounts, profiles, messages and mails."""

from sqlalchemy import ColumnElement

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.alerts.models import Follow
from hub.core.outbox import OutboxMessage
from hub.members.introductions.permissions import received_by
from hub.members.models import (
    AbuseReport,
    Block,
    ContactMessage,
    DataExport,
    Introduction,
    MailToken,
    Passkey,
    Profile,
    RecoveryCode,
    RoleGrant,
    SignInSession,
    TermAddition,
    TotpDevice,
)
from hub.notifications.models import Digest, Notification, NotificationPreference
from hub.privacy.inventory.shape import ACCOUNT, FOR_GOOD, Fate, Link, decided
from hub.shortlists.models import Shortlist, ShortlistShare

A_YEAR = "a year after the decision"
TWO_YEARS = "two years"
A_MONTH = "30 days"
INTRODUCED = "a year after asking; words and contacts less"


def is_not_red(_viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition for what may leave the hub in a file: of what is TLP:RED, date and label do."""
    return Notification.tlp != Tlp.RED


ACCOUNTS = (
    Link(
        SignInSession.member_id,
        "where the person is signed in",
        Fate.DELETE,
        "a day",
        ("created_at", "last_seen_at", "ended_at", "user_agent"),
    ),
    Link(
        MailToken.member_id,
        "links in mails",
        Fate.DELETE,
        "30 days after use or expiry",
        ("purpose", "address", "created_at", "expires_at", "used_at"),
    ),
    Link(TotpDevice.member_id, "authenticator app", Fate.DELETE, ACCOUNT, ("created_at",)),
    Link(Passkey.member_id, "passkeys", Fate.DELETE, ACCOUNT, ("name", "created_at", "last_used_at")),
    Link(RecoveryCode.member_id, "recovery codes, hashed", Fate.DELETE, ACCOUNT, ("created_at", "used_at")),
    Link(
        DataExport.member_id,
        "files of own data",
        Fate.DELETE,
        "the file 7 days, that it was asked for 90 days",
        ("requested_at", "made_at", "expires_at"),
    ),
    Link(
        RoleGrant.member_id,
        "roles",
        Fate.BLANK,
        FOR_GOOD,
        ("role", "country", "granted_at", "ended_at", "is_named"),
        blanks={"reason": "", "is_named": False},
        why="decisions rest on who held which role",
    ),
    decided(RoleGrant.granted_by_id, "who proposed a role", "role", "country", "granted_at"),
    decided(RoleGrant.approved_by_id, "who approved a role", "role", "country", "granted_at"),
)

PROFILES = (
    Link(
        Profile.member_id,
        "the profile, its lists and links",
        Fate.DELETE,
        ACCOUNT,
        (
            "audience",
            "headline",
            "biography",
            "biography_audience",
            "contact_email",
            "contact_phone",
            "contact_audience",
            "offers",
            "needs",
            "language",
            "is_contactable",
            "updated_at",
        ),
    ),
    Link(
        TermAddition.added_by_id,
        "who added a skill or language",
        Fate.UNNAME,
        FOR_GOOD,
        ("scheme", "label", "language", "status", "added_at"),
        why="others use the word",
    ),
    decided(TermAddition.decided_by_id, "who decided about an added word", "label", "status", "decided_at"),
    Link(
        Follow.member_id,
        "what the person follows, and the searches they saved",
        Fate.DELETE,
        ACCOUNT,
        ("kind", "key", "query", "name", "frequency", "followed_at"),
    ),
    Link(
        Shortlist.member_id,
        "shortlists with the notes on them",
        Fate.DELETE,
        ACCOUNT,
        ("name", "note", "notes", "created_at", "changed_at"),
    ),
    Link(
        ShortlistShare.member_id,
        "shortlists that others share with the person",
        Fate.DELETE,
        ACCOUNT,
        why="the list is its keeper's",
    ),
)

MESSAGES = (
    Link(
        ContactMessage.sender_id,
        "messages written",
        Fate.DELETE,
        TWO_YEARS,
        ("subject", "words", "sent_at"),
        why="a message that was reported as abuse stays as long as the report",
    ),
    Link(
        ContactMessage.receiver_id,
        "messages received",
        Fate.BLANK,
        TWO_YEARS,
        ("subject", "words", "sent_at", "read_at"),
        blanks={"read_at": None},
        why="what others wrote is theirs, and they go on reading it",
    ),
    Link(Block.member_id, "whom the person blocked", Fate.DELETE, ACCOUNT, ("blocked_at",)),
    Link(
        Block.blocked_id,
        "who blocked the person",
        Fate.DELETE,
        ACCOUNT,
        why="nobody learns that they are blocked",
    ),
    Link(
        AbuseReport.reported_by_id,
        "reports of abuse made",
        Fate.KEEP,
        A_YEAR,
        ("kind", "words", "status", "reported_at", "answer", "decided_at"),
        why="others may need protection",
    ),
    Link(
        AbuseReport.about_id,
        "reports of abuse about the person",
        Fate.KEEP,
        A_YEAR,
        why="who reported must stay safe; others may need protection",
    ),
    decided(
        AbuseReport.decided_by_id,
        "who decided about a report of abuse",
        "kind",
        "status",
        "decided_at",
        kept=A_YEAR,
    ),
)

INTRODUCTIONS = (
    Link(
        Introduction.asked_by_id,
        "introductions asked for",
        Fate.DELETE,
        INTRODUCED,
        (
            "note",
            "language",
            "contact_of_asker",
            "state_for_asker",
            "asked_at",
            "expires_at",
            "accepted_at",
            "withdrawn_at",
        ),
    ),
    Link(
        Introduction.asked_id,
        "introductions that others asked for",
        Fate.DELETE,
        INTRODUCED,
        ("note", "language", "contact_of_asked", "state_for_asked", "asked_at", "expires_at", "accepted_at"),
        known=received_by,
    ),
)

MAILS = (
    Link(
        Notification.member_id,
        "what the person was told",
        Fate.DELETE,
        "90 days once read, a year unread",
        ("topic", "kind", "subject", "tlp", "cause", "created_at", "read_at"),
        ("tlp", "created_at"),
        is_not_red,
    ),
    Link(
        NotificationPreference.member_id,
        "how often mail is wanted",
        Fate.DELETE,
        ACCOUNT,
        ("topic", "frequency", "chosen_at"),
    ),
    Link(
        Digest.member_id,
        "digests made",
        Fate.DELETE,
        "90 days, or as long as what they gathered",
        ("frequency", "period", "made_at"),
    ),
    Link(
        OutboxMessage.member_id,
        "mails to the person",
        Fate.DELETE,
        A_MONTH,
        ("kind", "language", "created_at", "sent_at"),
    ),
)
