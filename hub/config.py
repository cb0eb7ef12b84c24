"""Settings from `HUB_*` environment variables; every default is the safe one. Knows no feature."""

import os
import secrets
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Host names of this machine."""


def private_opener(path: str, flags: int) -> int:
    """Open a new file that only the hub's own user may read; for `open(..., opener=)`."""
    return os.open(path, flags, 0o600)


def is_address(text: str) -> bool:
    """Whether `text` can stand as an e-mail address in the header of a mail."""
    try:
        Address(addr_spec=text)
    except (ValueError, IndexError, MessageError):
        return False
    return True


class Settings(BaseSettings):
    """What an operator may set, each as `HUB_<NAME>`.

    Addresses are URLs, `port` and `workers` are counts, `trusted_proxies` is the number of proxy hops
    whose `X-Forwarded-*` headers are believed. Errors do not repeat what was set: passwords may stand in it.
    """

    model_config = SettingsConfigDict(env_prefix="HUB_", extra="ignore", hide_input_in_errors=True)

    instance: Path = Path("instance")
    database_url: str = ""
    search_engine: Literal["whoosh", "tantivy"] = "whoosh"
    base_url: str = "http://localhost:8000"
    port: int = 8000
    workers: int = 1
    trusted_proxies: int = 0
    limits: Literal["on", "off"] = "on"
    demo: bool = False
    pseudo_language: bool = False
    redis_url: str = Field(default="", repr=False)
    smtp_url: str = Field(default="", repr=False)
    mail_from: str = ""
    contact: str = ""

    @model_validator(mode="after")
    def check_engine(self) -> Self:
        """Refuse a search engine whose library is not installed."""
        if self.search_engine == "tantivy" and find_spec("tantivy") is None:
            raise ValueError("HUB_SEARCH_ENGINE=tantivy needs the extra `tantivy`: install it, or unset this")
        return self

    @model_validator(mode="after")
    def check_limits(self) -> Self:
        """Refuse to run without limits where strangers may come; benchmarks on this machine may."""
        if self.limits == "off" and urlsplit(self.base_url).hostname not in LOOPBACK:
            raise ValueError("HUB_LIMITS=off is for benchmarks on this machine only")
        return self

    @model_validator(mode="after")
    def check_redis(self) -> Self:
        """Refuse an address that names no Redis server."""
        if self.redis_url and urlsplit(self.redis_url).scheme not in {"redis", "rediss", "redis+unix"}:
            raise ValueError("HUB_REDIS_URL is written redis://host:6379/0, or rediss:// with TLS")
        return self

    @model_validator(mode="after")
    def check_mail(self) -> Self:
        """Refuse a mail server that is none, and a sender that cannot stand in a header."""
        if self.smtp_url:
            parts = urlsplit(self.smtp_url)
            is_server = parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0
            if not is_server or parts.path.strip("/") or parts.query or parts.fragment:
                raise ValueError("HUB_SMTP_URL is written smtp://user:password@host:587 or smtps://host:465")
            if (parts.username is None) != (parts.password is None):
                raise ValueError("HUB_SMTP_URL needs both user and password, or neither")
        if not is_address(self.sender):
            raise ValueError("HUB_MAIL_FROM is no e-mail address")
        return self

    @model_validator(mode="after")
    def check_contact(self) -> Self:
        """Refuse a contact that nobody can write to."""
        if self.contact and not (is_address(self.contact) and "@" in self.contact):
            raise ValueError("HUB_CONTACT is no e-mail address")
        return self

    @property
    def sender(self) -> str:
        """The address that mails come from: `mail_from`, or `hub@` the host of the base URL."""
        return self.mail_from or f"hub@{self.mail_host}"

    @property
    def mail_host(self) -> str:
        """The host name that stands in Message-IDs."""
        host = urlsplit(self.base_url).hostname or "localhost"
        return "localhost" if host in LOOPBACK else host

    @property
    def database_address(self) -> str:
        """The SQLAlchemy URL in use: `database_url`, or SQLite inside the instance folder."""
        return self.database_url or f"sqlite:///{self.instance.absolute() / 'hub.sqlite'}"

    @property
    def index_folder(self) -> Path:
        """Where this node keeps its search index; it may be deleted at any time."""
        return self.instance / "index"

    @property
    def matching_folder(self) -> Path:
        """Where this node keeps what suggestions are made from; it may be deleted at any time."""
        return self.instance / "matching"

    @property
    def is_secure(self) -> bool:
        """Whether people reach the hub over https, so that cookies and HSTS may insist on it."""
        return self.base_url.startswith("https://")

    def secret_key(self) -> str:
        """Return the key that signs form tokens, made on first use with mode 0600.

        Raises:
            OSError: the instance folder cannot be written.
        """
        path = self.instance / "secret-key"
        if not path.exists():
            self.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_name(f"secret-key-{secrets.token_hex(8)}")
            with open(draft, "w", encoding="ascii", opener=private_opener) as file:
                file.write(secrets.token_urlsafe(48))
            with suppress(FileExistsError):
                os.link(draft, path)  # whole or not at all, and only the first of several processes wins
            draft.unlink()
        return path.read_text(encoding="ascii")
