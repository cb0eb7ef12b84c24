"""The navigation of the pages about one's own account: only what this person can use."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from hub.access.viewer import Viewer
from hub.vetting.permissions import can_invite
from hub.web.account.blueprint import account
from hub.web.sessions import viewer


@dataclass(frozen=True)
class Place:
    """One page of the navigation.

    Args:
        endpoint: where it is.
        label: what it is called.
        below: endpoints of further pages that belong to it.
        is_open: whether somebody can use it.
    """

    endpoint: str
    label: str
    below: frozenset[str] = frozenset()
    is_open: Callable[[Viewer], bool] = lambda _somebody: True


def _is_member(somebody: Viewer) -> bool:
    return somebody.is_member


PLACES = (
    Place(
        "account.show",
        _l("Overview"),
        frozenset(
            {"account.change_password", "account.change_address", "account.renew", "account.time_zone"}
        ),
    ),
    Place("account.notifications", _l("Notifications"), frozenset({"account.notification_mails"})),
    Place(
        "account.messages",
        _l("Messages"),
        frozenset(
            {
                "account.sent_messages",
                "account.message",
                "account.answer_message",
                "account.report_message",
                "account.blocked_members",
                "account.abuse_reports",
            }
        ),
        _is_member,
    ),
    Place(
        "introductions.received",
        _l("Introductions"),
        frozenset(
            {
                "introductions.sent",
                "introductions.show",
                "introductions.accept",
                "introductions.decline",
                "introductions.block",
                "introductions.withdraw",
            }
        ),
        _is_member,
    ),
    Place("account.profile", _l("Profile"), is_open=_is_member),
    Place("account.organisations", _l("Organisations"), is_open=_is_member),
    Place("account.following", _l("Following"), is_open=_is_member),
    Place(
        "account.searches",
        _l("Saved searches"),
        frozenset({"account.save_search", "account.edit_search"}),
        _is_member,
    ),
    Place("account.shortlists", _l("Shortlists"), is_open=_is_member),
    Place("showcases.mine", _l("Showcases"), is_open=_is_member),
    Place("account.calendar", _l("Calendar"), frozenset({"account.make_calendar"}), _is_member),
    Place(
        "account.security",
        _l("Security"),
        frozenset({"account.totp", "account.new_passkey", "account.make_recovery_codes"}),
    ),
    Place("account.interests", _l("Interests"), frozenset({"account.end_interest"}), _is_member),
    Place("account.roles", _l("Roles"), frozenset({"account.offer_role", "account.resign_role"}), _is_member),
    Place("account.invitations", _l("Invitations"), is_open=can_invite),
    Place("account.law_enforcement", _l("Law enforcement"), is_open=_is_member),
    Place("account.privacy", _l("Your data"), frozenset({"account.erase"})),
)


@account.context_processor
def navigation() -> dict[str, object]:
    """Give the templates of this blueprint the places that this person can use."""
    return {"account_places": lambda: [place for place in PLACES if place.is_open(viewer())]}
