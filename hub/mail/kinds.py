"""What the hub writes to people: a table of kinds, each with what it names, where it links, and who still gets it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hub.mail.places import NOTIFICATIONS
from hub.members.models import MemberStatus, TokenPurpose
from hub.showcases.models import RegistrationStatus
from hub.showcases.models.registration import STANDING

NOT_SUSPENDED = frozenset(MemberStatus) - {MemberStatus.SUSPENDED, MemberStatus.ERASED}
"""Who gets what is for people whose account stands open."""

NOT_ERASED = frozenset(MemberStatus) - {MemberStatus.ERASED}
"""Who gets what concerns the safety of an account, or the decision that closed it."""


@dataclass(frozen=True)
class Kind:
    """One kind of mail; its words are in `templates/mail/<name>.html`.

    Args:
        needs: parameters that must be there.
        takes: parameters that may be there; the words read well without them.
        path: the page that the mail links to, on the hub.
        purpose: of the token in the link, where it carries one; then `token`, a token's public id, is needed.
        reaches: members whose status is one of these at the moment of sending get it; mere addresses always do.
        scheme: the vocabulary of the codes in `reasons`.
        tells: whether it is about notifications, which can be turned off and are asked for again (`telling`).
        guests: in which states of their registration a guest of a showcase gets it; then the link is their own, and
            `registration`, its public id, is needed.
    """

    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    path: str = ""
    purpose: TokenPurpose | None = None
    reaches: frozenset[MemberStatus] = NOT_SUSPENDED
    scheme: str = ""
    tells: bool = False
    guests: frozenset[RegistrationStatus] = frozenset()


def _with_link(purpose: TokenPurpose, path: str, needs: str = "", takes: str = "") -> Kind:
    return Kind(frozenset({"token", *needs.split()}), frozenset(takes.split()), path, purpose)


def _plain(path: str, needs: str = "", takes: str = "") -> Kind:
    return Kind(frozenset(needs.split()), frozenset(takes.split()), path)


def _for_all(path: str, needs: str = "", takes: str = "") -> Kind:
    return Kind(frozenset(needs.split()), frozenset(takes.split()), path, reaches=NOT_ERASED)


def _for_guests(*statuses: RegistrationStatus) -> Kind:
    return Kind(frozenset({"registration"}), path=GUEST, guests=frozenset(statuses))


GUEST = "/showcases/guest"
SIGN_IN = "/sign-in"
ACCOUNT = "/account"
SECURITY = "/account/security"
ROLES = "/account/roles"

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        # joining
        "confirm_address": _with_link(TokenPurpose.CONFIRM, "/join/confirm"),
        "has_account": _plain(SIGN_IN),
        "application_approved": _plain(SIGN_IN),
        "application_declined": Kind(
            frozenset({"words"}), frozenset({"reasons"}), "/join", scheme="application_reasons"
        ),
        "invitation": _with_link(
            TokenPurpose.INVITATION, "/join/invitation", "inviter", "organisation country days is_known"
        ),
        # passwords and addresses
        "password_reset": _with_link(TokenPurpose.RESET, "/reset/choose"),
        "password_changed": _for_all(SIGN_IN),
        "address_change": _with_link(TokenPurpose.ADDRESS, "/account/email/confirm"),
        "address_changed": _for_all(SIGN_IN),
        "account_erased": _plain("", "member"),
        # second factors
        "factor_added": _for_all(SECURITY, "factor"),
        "factor_removed": _for_all(SECURITY, "factor"),
        "recovery_code_used": _for_all(SECURITY, "left"),
        "recovery_codes_made": _for_all(SECURITY),
        "factor_reset_requested": _for_all(SECURITY),
        "factor_reset_approved": _for_all(SECURITY, "at"),
        "factor_reset_done": _for_all(SIGN_IN),
        "factor_reset_stopped": _for_all(SECURITY),
        "factor_reset_declined": _for_all(SECURITY),
        # law enforcement
        "law_enforcement_verified": _plain(ACCOUNT, "until"),
        "law_enforcement_declined": _plain(ACCOUNT, "words"),
        "law_enforcement_ended": _for_all(ACCOUNT, takes="words"),
        # roles
        "role_granted": _plain(ROLES, "role", "country"),
        "role_ended": _for_all(ROLES, "role", "country words"),
        "role_offered": _plain(ROLES, "role name", "country"),
        "role_offer_accepted": _plain(ROLES, takes="role country"),
        "role_offer_declined": _plain(ROLES, takes="role country"),
        # standing
        "member_suspended": _for_all("", "words"),
        "member_reinstated": _plain(SIGN_IN),
        "vetting_due": _plain(ACCOUNT, "until"),
        "vetting_lapsed": _plain(ACCOUNT),
        # notifications
        "notification": Kind(frozenset({"notification"}), path=NOTIFICATIONS, tells=True),
        "digest": Kind(frozenset({"digest", "frequency"}), path=NOTIFICATIONS, tells=True),
        # guests of showcases
        "guest_confirm": _for_guests(RegistrationStatus.UNCONFIRMED),
        "guest_registered": _for_guests(RegistrationStatus.REGISTERED),
        "guest_received": _for_guests(RegistrationStatus.ASKED),
        "guest_waiting": _for_guests(RegistrationStatus.WAITING),
        "guest_promoted": _for_guests(RegistrationStatus.REGISTERED),
        "guest_declined": _for_guests(RegistrationStatus.DECLINED),
        "guest_cancelled": _for_guests(RegistrationStatus.CANCELLED),
        "guest_seat": _for_guests(RegistrationStatus.REGISTERED),
        "guest_slot_changed": _for_guests(RegistrationStatus.REGISTERED),
        "guest_changed": _for_guests(*STANDING),
        "guest_soon": _for_guests(RegistrationStatus.REGISTERED),
        "guest_off": _for_guests(*STANDING),
    }
)
"""Every kind of mail that `queue_mail` may be asked for."""
