"""Who reaches which view: each is marked public, signed-in, for members or for roles; an unmarked one is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.access.viewer import PRIVILEGED_ROLES, Role, Viewer
from hub.core.errors import ForbiddenError, NotFoundError
from hub.web.confirming import ask_password_again
from hub.web.errors import signed_out_page
from hub.web.origin import is_from_elsewhere
from hub.web.redirects import own_path
from hub.web.sessions import viewer
from hub.web.typed import typed_fields

View = TypeVar("View", bound=Callable[..., Any])

MARK = "hub_entry"
CONFIRMED = "hub_confirmed"


@dataclass(frozen=True)
class Entry:
    """What a view asks of those who enter it.

    Args:
        account: somebody is signed in.
        member: the account is that of an approved member.
        roles: at least one of these is in force; empty asks for none.
        confirmed: the password was entered lately, for what changes something.
    """

    account: bool = False
    member: bool = False
    roles: frozenset[Role] = frozenset()
    confirmed: bool = False

    def admits(self, somebody: Viewer) -> bool:
        """Whether a signed-in `somebody` may enter."""
        if self.roles:
            return somebody.is_member and bool(self.roles & somebody.roles)
        return somebody.is_member or not self.member


def public(view: View) -> View:
    """Open a view to everybody."""
    return _mark(view)


def signed_in(view: View) -> View:
    """Open a view to everybody who has signed in, approved as a member or not yet."""
    return _mark(view, account=True)


def members_only(view: View) -> View:
    """Open a view to approved members."""
    return _mark(view, account=True, member=True)


def role(*roles: Role) -> Callable[[View], View]:
    """Open a view to approved members with one of `roles` in force."""

    def mark(view: View) -> View:
        return _mark(view, account=True, member=True, roles=frozenset(roles))

    return mark


def confirmed(view: View) -> View:
    """Ask for the password again where it was entered more than ten minutes ago; stands below the marks above.

    Only requests that change something ask; what was typed is carried along.
    """
    setattr(view, CONFIRMED, True)
    return view


def _mark(view: View, **asked: Any) -> View:  # noqa: ANN401 - the fields of Entry
    setattr(view, MARK, Entry(confirmed=getattr(view, CONFIRMED, False), **asked))
    return view


def entry_of(view: Callable[..., Any]) -> Entry | None:
    """Return what `view` asks for, or None if nobody marked it."""
    return getattr(view, MARK, None)


def check_entry() -> ResponseReturnValue | None:
    """Refuse the request, or return None to let it go on; runs before every view.

    Raises:
        NotFoundError: the view is unmarked, or the address names a thing that this person may not enter.
        ForbiddenError: the address names no thing, and this person may not enter.
    """
    if request.endpoint is None:
        return None
    entry = entry_of(current_app.view_functions[request.endpoint])
    if entry is None:
        raise NotFoundError
    if not entry.account:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if entry.admits(viewer()):
        return ask_password_again() if entry.confirmed and request.method == "POST" else None
    if entry.roles & PRIVILEGED_ROLES and viewer().is_withheld:
        return redirect(url_for("account.security"), code=303)
    if request.view_args:
        raise NotFoundError
    raise ForbiddenError


def _ask_to_sign_in() -> ResponseReturnValue:
    """Send a visitor to the sign-in page; words that were sent are shown instead of being dropped."""
    if request.method in {"GET", "HEAD"}:
        target = request.full_path if request.query_string else request.path
    else:
        target = own_path(request.referrer)
    address = url_for("account.sign_in", next=target)
    if typed_fields() and not is_from_elsewhere():
        return signed_out_page(address)
    return redirect(address, code=303)
