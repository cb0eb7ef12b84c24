"""The fictional people and organisations of the demonstration, and the file with their passwords."""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hub.access.viewer import VISITOR, Role
from hub.config import private_opener
from hub.core.passwords import hash_password
from hub.members.models import Member, MemberStatus
from hub.members.service import create_member, grant_role
from hub.organisations.models import MembershipRole, Organisation, OrganisationStatus
from hub.organisations.service import add_membership, add_organisation, verify_law_enforcement

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
    """

    account: str
    name: str
    member_type: str
    country: str
    role: Role | None = None
    is_police: bool = False
    represents: str | None = None
    status: MemberStatus = MemberStatus.APPROVED

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.account}@demo.example"


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
    # last: with two coordinators and one administrator the bootstrap commands close
    DemoPerson("admin", "Ines C. (fictional)", "government", "GB", Role.ADMINISTRATOR),
)


def read_passwords(path: Path) -> dict[str, str]:
    """Return the passwords by e-mail address from the accounts file; who has none there yet gets a new one in it."""
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    present = {row["email"] for row in rows}
    missing = [_account(person) for person in PEOPLE if person.email not in present]
    if missing:
        rows += missing
        with open(path, "w", encoding="utf-8", opener=private_opener) as file:
            json.dump(rows, file, ensure_ascii=False, indent=1)
    return {str(row["email"]): str(row["password"]) for row in rows}


def _account(person: DemoPerson) -> dict[str, object]:
    return {
        "email": person.email,
        "password": secrets.token_urlsafe(15),
        "totp_secret": None,
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


def hash_passwords(passwords: dict[str, str]) -> dict[str, str]:
    """Return the hashes by e-mail address; made before the transaction, since hashing is slow by design."""
    return {email: hash_password(password) for email, password in passwords.items()}


def create_people(hashes: dict[str, str], organisations: dict[str, Organisation]) -> dict[str, Member]:
    """Create everybody with roles, status and memberships; return them by account."""
    members: dict[str, Member] = {}
    for person in PEOPLE:
        member = create_member(
            VISITOR,
            email=person.email,
            password_hash=hashes[person.email],
            display_name=person.name,
            member_type=person.member_type,
            country=person.country,
            status=person.status,
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
    return made
