"""How headers of mails are made: as `email` does, but whole where mail programs need it, and each only once."""

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy
from functools import lru_cache

REMEMBERED = 256
"""Headers of the same name and value that are parsed once: most of them are in every mail."""


class WholeHeader(UnstructuredHeader, BaseHeader):
    """A header that stays on one line: a long address would be encoded otherwise, and is none any more."""

    def fold(self, *, policy: Policy) -> str:
        """Return the header as it is sent."""
        return f"{self.name}: {self}{policy.linesep}"


class Headers(HeaderRegistry):
    """Makes headers, and remembers those made of a text; nothing changes a header once it is made."""

    def __init__(self) -> None:
        super().__init__()
        self.map_to_type("list-unsubscribe", WholeHeader)
        self._made = lru_cache(REMEMBERED)(super().__call__)

    def __call__(self, name: str, value: object) -> BaseHeader:
        """Return the header with this name and value."""
        return self._made(name, value) if isinstance(value, str) else super().__call__(name, value)


POLICY = SMTP.clone(header_factory=Headers())
"""How every mail is written (RFC 5322)."""
