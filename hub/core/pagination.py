"""Pages of a long list, with bounds that no address can exceed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

MAX_PER_PAGE = 100
MAX_DEPTH = 10_000

Item = TypeVar("Item")


@dataclass(frozen=True)
class PageRequest:
    """Which page somebody asks for; out-of-range numbers are brought into range."""

    number: int = 1
    per_page: int = 20

    def __post_init__(self) -> None:
        per_page = min(max(self.per_page, 1), MAX_PER_PAGE)
        object.__setattr__(self, "per_page", per_page)
        object.__setattr__(self, "number", min(max(self.number, 1), MAX_DEPTH // per_page))

    @property
    def offset(self) -> int:
        """How many items come before this page."""
        return (self.number - 1) * self.per_page

    def within(self, total: int) -> "PageRequest":
        """Return the same page, or the last one of a list that is shorter.

        Args:
            total: how many items the list has.
        """
        return replace(self, number=min(self.number, max(1, -(-total // self.per_page))))


@dataclass(frozen=True)
class AllAtOnce(PageRequest):
    """Everything that pages could show, as one page; for what the hub makes itself, never for an address."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", 1)
        object.__setattr__(self, "per_page", MAX_DEPTH)


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of items together with the size of the whole list."""

    items: Sequence[Item]
    total: int
    request: PageRequest

    @property
    def number(self) -> int:
        """The number of this page, from 1."""
        return self.request.number

    @property
    def last(self) -> int:
        """The number of the last page that can be opened, at least 1."""
        per_page = self.request.per_page
        return max(1, min(-(-self.total // per_page), MAX_DEPTH // per_page))

    @property
    def first_item(self) -> int:
        """The position of the first item shown, from 1; 0 on an empty page."""
        return self.request.offset + 1 if self.items else 0

    @property
    def last_item(self) -> int:
        """The position of the last item shown."""
        return self.request.offset + len(self.items)
