"""The tables of the audit log: the chain, which is published, the private parts beside it, and signed checkpoints."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.audit.encoding import START, Link, PrivatePart, commitment_of, link_hash
from hub.core.clock import now
from hub.core.database import Base, Sequenced

DIGEST = String(64)
"""A SHA-256 in hexadecimal."""


class AuditEntry(Base):
    """The private part of one entry; it refuses changes, and leaves only by an erasure that is itself logged."""

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(
        ForeignKey("audit_chain.number"), primary_key=True, autoincrement=False
    )
    salt: Mapped[str] = mapped_column(DIGEST)
    actor: Mapped[str] = mapped_column(String(40))
    actor_roles: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    tag: Mapped[str] = mapped_column(String(60), index=True)
    reason: Mapped[str] = mapped_column(Text)
    before_hash: Mapped[str | None] = mapped_column(DIGEST)
    after_hash: Mapped[str | None] = mapped_column(DIGEST)

    @property
    def part(self) -> PrivatePart:
        """The fields that the commitment covers."""
        return PrivatePart(
            actor=self.actor,
            actor_roles=self.actor_roles,
            subject=self.subject,
            tag=self.tag,
            reason=self.reason,
            before_hash=self.before_hash,
            after_hash=self.after_hash,
        )


class AuditChain(Sequenced, Base):
    """One link of the chain; holds nothing personal and can neither be changed nor deleted."""

    __tablename__ = "audit_chain"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    recorded_at: Mapped[datetime]
    commitment: Mapped[str] = mapped_column(DIGEST)
    hash: Mapped[str] = mapped_column(DIGEST, unique=True)
    # Adding a link adds its private part: SQLAlchemy inserts the link first and hands its number on.
    entry: Mapped[AuditEntry | None] = relationship(lazy="raise")

    @classmethod
    def committing(cls, entry: AuditEntry) -> "AuditChain":
        """Return a link, not yet numbered, that commits to `entry`."""
        return cls(commitment=commitment_of(entry.salt, entry.part), entry=entry)

    @property
    def link(self) -> Link:
        """The published form."""
        return Link(self.number, self.recorded_at, self.commitment, self.hash)

    def seal(self, number: int, previous: "AuditChain | None") -> None:
        """Take number, time and hash at the moment of commit.

        The time never runs backwards along the chain, even when the machine's clock was set back.
        """
        super().seal(number, previous)
        self.recorded_at = max(now(), previous.recorded_at) if previous else now()
        before = previous.hash if previous else START
        self.hash = link_hash(before, number, self.recorded_at, self.commitment)


class AuditKey(Base):
    """The public half of a key that signs checkpoints; the private half lies in the instance folder alone."""

    __tablename__ = "audit_keys"
    __table_args__ = (CheckConstraint("(retired_at IS NULL) = (retired_after IS NULL)", name="retired"),)

    key_id: Mapped[str] = mapped_column(String(8), primary_key=True)
    """The key hash of C2SP signed notes in hexadecimal: what ties a signature to a key."""
    name: Mapped[str] = mapped_column(String(300))
    """The origin: host and name of the log, as signatures and checkpoints write it."""
    public_key: Mapped[str] = mapped_column(String(60))
    """Algorithm byte and Ed25519 public key in base64, as verifier keys write it."""
    used_from: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]
    retired_after: Mapped[int | None]
    """How many entries the log had when the key was retired: it vouches for no more."""


class AuditCheckpoint(Base):
    """A signed statement of how long the log was and what its last hash was at one moment; never changed."""

    __tablename__ = "audit_checkpoints"
    __table_args__ = (
        CheckConstraint("entries >= 0", name="entries"),
        Index("ix_audit_checkpoints_entries", "entries", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(default=now, index=True)
    entries: Mapped[int]
    head: Mapped[str] = mapped_column(DIGEST)
    key_id: Mapped[str] = mapped_column(ForeignKey("audit_keys.key_id"), index=True)
    note: Mapped[str] = mapped_column(Text)
    """The whole signed note as it is published."""
