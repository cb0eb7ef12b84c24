"""Roles proposed by one person and approved by another, and the focal-point role offered from one to the next."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.access.viewer import Role
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.integrity.four_eyes import FourEyes, four_eyes_constraint
from hub.members.models import Member, RoleGrant


class RoleAction(StrEnum):
    """What is proposed; `hand_over` grants a focal point's role to the next and ends the former's."""

    GRANT = "grant"
    END = "end"
    HAND_OVER = "hand_over"


class RoleProposal(FourEyes, Base):
    """That a member get, lose or take over a role; approved by somebody who is neither proposer nor member."""

    __tablename__ = "role_proposals"
    __table_args__ = (
        four_eyes_constraint(),
        CheckConstraint("status <> 'approved' OR decided_by_id <> member_id", name="not_approved_by_oneself"),
        CheckConstraint("proposed_by_id <> member_id", name="not_proposed_for_oneself"),
        CheckConstraint("(action = 'grant') = (grant_id IS NULL)", name="grant_that_ends"),
        CheckConstraint("(role = 'focal_point') = (country IS NOT NULL)", name="country_of_focal_points"),
        CheckConstraint("action <> 'hand_over' OR role = 'focal_point'", name="only_focal_points_hand_over"),
        CheckConstraint(
            "action <> 'hand_over' OR status <> 'approved' OR accepted_at IS NOT NULL", name="accepted_first"
        ),
        Index(
            "uq_role_proposals_open",
            "member_id",
            "role",
            text("coalesce(country, '')"),
            unique=True,
            sqlite_where=text("status = 'proposed'"),
            postgresql_where=text("status = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    action: Mapped[RoleAction]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    role: Mapped[Role]
    country: Mapped[str | None] = mapped_column(String(2))
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("role_grants.id"))
    """The grant that ends: the member's own, or in a hand-over that of the proposer."""
    accepted_at: Mapped[datetime | None]
    """When the member agreed to take the role over."""

    member: Mapped[Member] = relationship(foreign_keys=[member_id])
    proposed_by: Mapped[Member] = relationship(foreign_keys="RoleProposal.proposed_by_id")
    decided_by: Mapped[Member | None] = relationship(foreign_keys="RoleProposal.decided_by_id")
    grant: Mapped[RoleGrant | None] = relationship()
