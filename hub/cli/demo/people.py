"""The fictional people and organisations of the demonstration, and the file with their passwords."""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hub.access.viewer import PRIVILEGED_ROLES, VISITOR, Role
from hub.config import private_opener
from hub.core.clock import now
from hub.core.passwords import hash_password
from hub.members.models import Member, MemberStatus
from hub.members.queries import has_factor, member_by_email
from hub.members.service import create_member, grant_role
from hub.members.totp import new_secret, store_totp
from hub.organisations.models import MembershipRole, Organisation, OrganisationStatus
from hub.organisations.service import add_membership, add_organisation, verify_law_enforcement
from hub.vetting.organisations.verification import VERIFIED_FOR

REASON = "Demonstration: a fictional person."


@dataclass(frozen=True)
class DemoPerson:
    """One fictional account.

    Args:
        account: what stands before `@demo.example`.
        name: display name.
        member_type: code of the member types.
        country: ISO code.
        role: a role to grant.
        is_police: whether law-enforcement status is verified, for `country`.
        represents: name of the fictional organisation that the person speaks for.
        status: who has merely applied comes in by the hub's own door, as `vetting` tells.
        mailbox: the address, where it is not `account@demo.example`.
    """

    account: str
    name: str
    member_type: str
    country: str
    role: Role | None = None
    is_police: bool = False
    represents: str | None = None
    status: MemberStatus = MemberStatus.APPROVED
    mailbox: str | None = None

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return self.mailbox or f"{self.account}@demo.example"

    @property
    def is_privileged(self) -> bool:
        """Whether role or status are withheld without a second factor."""
        return self.is_police or self.role in PRIVILEGED_ROLES


PEOPLE = (
    DemoPerson("coordinator", "Amal B. (fictional)", "civil_society", "GB", Role.COORDINATOR),
    DemoPerson("coordinator2", "Jonas H. (fictional)", "government", "NO", Role.COORDINATOR),
    DemoPerson("coordinator3", "Lucía R. (fictional)", "academia", "ES", Role.COORDINATOR),
    DemoPerson("integrity", "Thandi M. (fictional)", "civil_society", "GB", Role.INTEGRITY_OFFICER),
    DemoPerson("partner.id", "Ratna W. (fictional)", "government", "ID", Role.FOCAL_POINT),
    DemoPerson("partner.ge", "Nino K. (fictional)", "government", "GE", Role.FOCAL_POINT),
    DemoPerson("officer", "Giorgi T. (fictional)", "law_enforcement", "GE", is_police=True),
    DemoPerson("officer2", "Budi S. (fictional)", "law_enforcement", "ID", is_police=True),
    DemoPerson(
        "officer3",
        "Kim L. (fictional)",
        "law_enforcement",
        "AU",
        is_police=True,
        represents="Fictional Financial Crime Bureau",
    ),
    DemoPerson(
        "officer4",
        "Claire D. (fictional)",
        "law_enforcement",
        "FR",
        is_police=True,
        represents="Fictional Asset Recovery Office",
    ),
    DemoPerson("innovator", "Sami A. (fictional)", "innovator", "AE"),
    DemoPerson(
        "scientist",
        "Marta V. (fictional)",
        "data_scientist",
        "ES",
        represents="Fictional Procurement Data Laboratory",
    ),
    DemoPerson("business", "Ola N. (fictional)", "business", "NO"),
    DemoPerson(
        "cso",
        "Regula F. (fictional)",
        "civil_society",
        "CH",
        represents="Fictional Centre for Safe Reporting",
    ),
    DemoPerson("partner.es", "Carmen O. (fictional)", "government", "ES", Role.FOCAL_POINT),
    DemoPerson(
        "representative.ge",
        "Tamar J. (fictional)",
        "civil_society",
        "GE",
        represents="Fictional Procurement Monitor of Georgia",
    ),
    DemoPerson(
        "representative.es",
        "Diego S. (fictional)",
        "civil_society",
        "ES",
        represents="Fictional Public Spending Observatory of Spain",
    ),
    DemoPerson(
        "representative.gb",
        "Priya N. (fictional)",
        "academia",
        "GB",
        represents="Fictional Institute for Open Public Money",
    ),
    DemoPerson(
        "representative.id",
        "Dewi A. (fictional)",
        "civil_society",
        "ID",
        represents="Fictional Village Budget Forum of Indonesia",
    ),
    DemoPerson(
        "representative.no",
        "Astrid L. (fictional)",
        "business",
        "NO",
        represents="Fictional Integrity Software Cooperative",
    ),
    DemoPerson("applicant", "Alex P. (fictional)", "technologist", "GB", status=MemberStatus.APPLIED),
    DemoPerson(
        "newcomer",
        "Robin E. (fictional)",
        "data_scientist",
        "CA",
        status=MemberStatus.APPLIED,
        mailbox="robin@freemail.example",
    ),
    DemoPerson("invited", "Hana K. (fictional)", "academia", "GB", status=MemberStatus.APPLIED),
    DemoPerson("declined", "Max Q. (fictional)", "business", "GB", status=MemberStatus.APPLIED),
    DemoPerson("officer5", "Eka D. (fictional)", "law_enforcement", "GE", status=MemberStatus.APPLIED),
    DemoPerson("officer6", "Ingrid V. (fictional)", "law_enforcement", "NO", status=MemberStatus.APPLIED),
    # last: with two coordinators and one administrator the bootstrap commands close
    DemoPerson("admin", "Ines C. (fictional)", "government", "GB", Role.ADMINISTRATOR),
)


@dataclass(frozen=True)
class Credentials:
    """What a fictional person signs in with.

    Args:
        password: in plain text; the database gets its hash.
        totp_secret: of the authenticator app, for those whose privileges need a second factor.
    """

    password: str
    totp_secret: str | None = None


def read_credentials(path: Path) -> dict[str, Credentials]:
    """Return what people sign in with, by e-mail address, from the accounts file; what it lacks is made and added."""
    before = path.read_text(encoding="utf-8") if path.exists() else "[]"
    rows = json.loads(before)
    present = {row["email"]: row for row in rows}
    for person in PEOPLE:
        row = present.get(person.email)
        if row is None:
            rows.append(_account(person))
        elif person.is_privileged and not row.get("totp_secret"):
            row["totp_secret"] = new_secret()
    after = json.dumps(rows, ensure_ascii=False, indent=1)
    if after != before:
        with open(path, "w", encoding="utf-8", opener=private_opener) as file:
            file.write(after)
    return {str(row["email"]): Credentials(row["password"], row.get("totp_secret")) for row in rows}


def _account(person: DemoPerson) -> dict[str, object]:
    return {
        "email": person.email,
        "password": secrets.token_urlsafe(15),
        "totp_secret": new_secret() if person.is_privileged else None,
        "roles": list(_roles(person)),
        "member_type": person.member_type,
        "name": person.name,
        "country": person.country,
        "organisation": person.represents,
    }


def _roles(person: DemoPerson) -> Iterator[str]:
    if person.role:
        yield person.role.value
    if person.is_police:
        yield "law_enforcement"


def hash_passwords(credentials: dict[str, Credentials]) -> dict[str, str]:
    """Return the hashes by e-mail address; made before the transaction, since hashing is slow by design."""
    return {email: hash_password(each.password) for email, each in credentials.items()}


def enrol_people(credentials: dict[str, Credentials], key: str) -> int:
    """Give those whose credentials have a secret their authenticator app, unless they have a second factor.

    Args:
        credentials: by e-mail address.
        key: the instance's secret key, which seals the secrets.

    Returns:
        How many got one.
    """
    enrolled = 0
    for email, each in credentials.items():
        member = member_by_email(email)
        if each.totp_secret and member is not None and not has_factor(member.id):
            store_totp(member, secret=each.totp_secret, key=key)
            enrolled += 1
    return enrolled


def create_people(hashes: dict[str, str], organisations: dict[str, Organisation]) -> dict[str, Member]:
    """Create everybody who need not apply, with roles, status and memberships; return them by account."""
    members: dict[str, Member] = {}
    for person in PEOPLE:
        if person.status is MemberStatus.APPLIED:
            continue
        member = create_member(
            VISITOR,
            email=person.email,
            password_hash=hashes[person.email],
            display_name=person.name,
            member_type=person.member_type,
            country=person.country,
        )
        if person.is_police:
            verify_law_enforcement(
                VISITOR,
                member,
                country=person.country,
                authority="Fictional authority",
                reference="Fictional reference",
            )
        if person.represents:
            add_membership(organisations[person.represents], member, MembershipRole.REPRESENTATIVE)
        if person.role:
            country = person.country if person.role is Role.FOCAL_POINT else None
            grant_role(VISITOR, member, person.role, reason=REASON, country=country)
        members[person.account] = member
    return members


def create_organisations(rows: Iterable[Mapping[str, str | None]]) -> dict[str, Organisation]:
    """Create each organisation once; return them by name. Verified are those for which a fictional person speaks."""
    spoken_for = {person.represents for person in PEOPLE}
    made: dict[str, Organisation] = {}
    for row in rows:
        name = str(row["name"])
        if name not in made:
            is_verified = name in spoken_for
            made[name] = add_organisation(
                name,
                country=row["country"],
                type=row["type"],
                status=OrganisationStatus.VERIFIED if is_verified else OrganisationStatus.UNVERIFIED,
            )
            if is_verified:
                moment = now()
                made[name].verified_at, made[name].verified_until = moment, moment + VERIFIED_FOR
    return made
