"""What innovations and revisions share: an audience, a TLP label, and the visibility labels made from them."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect
from sqlalchemy.orm import Mapped, mapped_column

from hub.access.audience import Audience, Readership, Tlp, readership_of


class HasReadership:
    """A table whose rows have readers; `label_rows` is its relationship to the table of its labels."""

    audience: Mapped[Audience] = mapped_column(default=Audience.PUBLIC)
    tlp: Mapped[Tlp] = mapped_column(default=Tlp.CLEAR)

    if TYPE_CHECKING:
        label_rows: Any

    @property
    def labels(self) -> frozenset[str]:
        """The visibility labels; who holds one of them is in the audience."""
        return frozenset(row.label for row in self.label_rows)

    @property
    def readership(self) -> Readership:
        """Audience, TLP label and whom the audience names."""
        return readership_of(self.audience, self.tlp, self.labels)

    def set_readership(self, readership: Readership) -> None:
        """Take over audience, label and visibility labels."""
        kind = inspect(type(self)).relationships["label_rows"].mapper.class_
        self.audience, self.tlp = readership.audience, readership.tlp
        self.label_rows = [kind(label=label) for label in sorted(readership.labels)]
