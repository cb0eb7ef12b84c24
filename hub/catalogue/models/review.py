"""What reviewers decided about a revision, and what they said at its fields."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.database import Base


class ReviewDecision(Base):
    """One decision: published, changes requested or declined, with reasons from the list and own words."""

    __tablename__ = "review_decisions"
    __table_args__ = (
        CheckConstraint("action IN ('publish', 'request_changes', 'decline')", name="action"),
        CheckConstraint("action = 'publish' OR words <> ''", name="reasoned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("innovation_revisions.id"), index=True)
    action: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime]

    comments: Mapped[list["FieldComment"]] = relationship()

    @property
    def unanswered_fields(self) -> frozenset[str]:
        """The fields with words of the reviewer that the owner's side has not saved since."""
        return frozenset(comment.field for comment in self.comments if comment.answered_at is None)

    @property
    def words_by_field(self) -> dict[str, str]:
        """The reviewer's words at single fields."""
        return {comment.field: comment.words for comment in self.comments}


class FieldComment(Base):
    """What the reviewer asks at one field; answered once the owner's side saves that field."""

    __tablename__ = "field_comments"

    decision_id: Mapped[int] = mapped_column(ForeignKey("review_decisions.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
