"""The tables of members: accounts, roles, sessions, second factors, profiles, messages, introductions, exports."""

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
from hub.members.models.exports import DataExport
from hub.members.models.factors import PASSKEY_NAME_LENGTH, Passkey, RecoveryCode, TotpDevice
from hub.members.models.introductions import Introduction, IntroductionState, IntroductionStatus
from hub.members.models.messages import AbuseReport, AbuseStatus, Block, ContactMessage
from hub.members.models.profiles import (
    FieldAudience,
    Profile,
    ProfileLink,
    ProfileScheme,
    ProfileTerm,
    TermAddition,
    TermStatus,
)
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
    "AbuseReport",
    "AbuseStatus",
    "Block",
    "ContactMessage",
    "DataExport",
    "FieldAudience",
    "Introduction",
    "IntroductionState",
    "IntroductionStatus",
    "MailToken",
    "Member",
    "MemberStatus",
    "Passkey",
    "Profile",
    "ProfileLink",
    "ProfileScheme",
    "ProfileTerm",
    "RecoveryCode",
    "RoleGrant",
    "SignInAttempt",
    "SignInSession",
    "TermAddition",
    "TermStatus",
    "TokenPurpose",
    "TotpDevice",
    "normal_email",
]
