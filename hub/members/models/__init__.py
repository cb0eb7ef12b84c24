"""The tables of members: accounts and roles, sessions and links, second factors."""

from hub.members.models.accounts import (
    EMAIL_LENGTH,
    LANGUAGE_LENGTH,
    MAY_SIGN_IN,
    NAME_LENGTH,
    Member,
    MemberStatus,
    RoleGrant,
    normal_email,
)
from hub.members.models.factors import PASSKEY_NAME_LENGTH, Passkey, RecoveryCode, TotpDevice
from hub.members.models.sessions import (
    USER_AGENT_LENGTH,
    MailToken,
    SignInAttempt,
    SignInSession,
    TokenPurpose,
)

__all__ = [
    "EMAIL_LENGTH",
    "LANGUAGE_LENGTH",
    "MAY_SIGN_IN",
    "NAME_LENGTH",
    "PASSKEY_NAME_LENGTH",
    "USER_AGENT_LENGTH",
    "MailToken",
    "Member",
    "MemberStatus",
    "Passkey",
    "RecoveryCode",
    "RoleGrant",
    "SignInAttempt",
    "SignInSession",
    "TokenPurpose",
    "TotpDevice",
    "normal_email",
]
