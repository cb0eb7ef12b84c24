"""Makes stored things for tests, with everything that a test does not care about filled in."""

from functools import cache
from itertools import count

from hub.access.viewer import PRIVILEGED_ROLES, Role
from hub.core.clock import now
from hub.core.database import session
from hub.core.passwords import hash_password
from hub.members.models import (
    FieldAudience,
    Member,
    MemberStatus,
    Profile,
    ProfileScheme,
    ProfileTerm,
    RoleGrant,
    TotpDevice,
)
from hub.organisations.models import (
    LawEnforcementState,
    LawEnforcementStatus,
    MembershipRole,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)

PASSWORD = "a long enough password"

_numbers = count(1)


@cache
def password_hash() -> str:
    """Hash the password of all test members once: hashing is slow on purpose."""
    return hash_password(PASSWORD)


def make_organisation(name=None, *, country="GE", **columns):
    """Store an organisation."""
    number = next(_numbers)
    organisation = Organisation(
        slug=columns.pop("slug", f"organisation-{number}"),
        name=name or f"Organisation {number}",
        country=country,
        status=columns.pop("status", OrganisationStatus.VERIFIED),
        created_at=now(),
        **columns,
    )
    session().add(organisation)
    session().commit()
    return organisation


def make_member(
    email=None,
    *,
    roles=(),
    focal_country=None,
    law_enforcement=None,
    represents=(),
    belongs_to=(),
    status=MemberStatus.APPROVED,
    has_factor=None,
    **columns,
):
    """Store a member who signs in with `PASSWORD`.

    Args:
        email: made up if not given.
        roles: roles in force, focal points excepted.
        focal_country: country whose focal point this is.
        law_enforcement: country in which the law-enforcement status is verified.
        represents: organisations that this member speaks for.
        belongs_to: organisations that this member merely belongs to.
        status: the member's status.
        has_factor: whether there is a second factor; by default for those whose privileges need one.
        columns: further columns.
    """
    number = next(_numbers)
    member = Member(
        email=email or f"member{number}@test.example",
        password_hash=columns.pop("password_hash", password_hash()),
        display_name=columns.pop("display_name", f"Member {number}"),
        member_type=columns.pop("member_type", "innovator"),
        status=status,
        **columns,
    )
    session().add(member)
    session().flush()
    grants = [(role, None) for role in roles]
    if focal_country:
        grants.append((Role.FOCAL_POINT, focal_country))
    for role, country in grants:
        session().add(RoleGrant(member_id=member.id, role=role, country=country, reason="for a test"))
    if has_factor or (has_factor is None and (law_enforcement or PRIVILEGED_ROLES & set(roles))):
        # a factor that no code opens: tests that sign in with a code enrol their own
        session().add(TotpDevice(member_id=member.id, sealed_secret="unused", created_at=now()))
    for organisations, kind in (
        (represents, MembershipRole.REPRESENTATIVE),
        (belongs_to, MembershipRole.MEMBER),
    ):
        for organisation in organisations:
            session().add(
                OrganisationMembership(
                    organisation_id=organisation.id, member_id=member.id, role=kind, started_at=now()
                )
            )
    if law_enforcement:
        make_law_enforcement(member, law_enforcement)
    session().commit()
    return member


def make_law_enforcement(member, country, **columns):
    """Add a law-enforcement status in force; the caller commits."""
    status = LawEnforcementStatus(
        member_id=member.id,
        country=country,
        authority="Test Police",
        reference="for a test",
        status=columns.pop("status", LawEnforcementState.VERIFIED),
        verified_at=now(),
        valid_until=columns.pop("valid_until", now().replace(year=now().year + 1)),
        **columns,
    )
    session().add(status)
    session().flush()
    return status


def make_profile(member, audience=FieldAudience.MEMBERS, *, terms=None, **columns):
    """Store what `member` says; `terms` are codes by list, such as `{"skills": ["ocr"]}`."""
    profile = Profile(member_id=member.id, audience=audience, **columns)
    profile.terms = [
        ProfileTerm(scheme=ProfileScheme(scheme), code=code, position=place)
        for scheme, codes in (terms or {}).items()
        for place, code in enumerate(codes)
    ]
    session().add(profile)
    session().commit()
    return profile
