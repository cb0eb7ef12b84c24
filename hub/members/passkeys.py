"""Passkeys as second factor (WebAuthn): a challenge for each right answer, keys bound to the hub's own address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import delete, select, update
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from hub.access.viewer import Viewer
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import PASSKEY_NAME_LENGTH, Member, Passkey, SignInSession
from hub.members.second_factor import note_added, note_removed
from hub.members.service import require_text

HUB = "Anti-Corruption Innovation Hub"
"""What the device shows as the place that asks."""

CHALLENGE_FOR = timedelta(minutes=5)

MOST_PASSKEYS = 10

LONGEST_ANSWER = 16_384
"""Characters of what a browser answers; real ones have some hundreds."""

MALFORMED = (WebAuthnException, ValueError, KeyError, TypeError, RecursionError)
"""What reading an answer fails with that no browser made."""

WRONG_PASSKEY = N_("This passkey could not be checked. Try again, or use another way.")


@dataclass(frozen=True)
class RelyingParty:
    """For whom passkeys are made: the hub at its own address.

    Args:
        id: the host name; keys work there and nowhere else, so a copied page gets nothing.
        origin: scheme, host and port that the browser must report.
    """

    id: str
    origin: str


def relying_party(base_url: str) -> RelyingParty:
    """Return the relying party of a hub at `base_url`. Browsers accept https, and http on `localhost` only."""
    parts = urlsplit(base_url)
    return RelyingParty(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")


def passkeys_of(member_id: int) -> Sequence[Passkey]:
    """Return the passkeys of a member, the oldest first."""
    return session().scalars(select(Passkey).where(Passkey.member_id == member_id).order_by(Passkey.id)).all()


def registration_options(member: Member, current: SignInSession, party: RelyingParty) -> str:
    """Return, as JSON for the browser, what a new passkey must answer to; the challenge is kept with the session."""
    options = generate_registration_options(
        rp_id=party.id,
        rp_name=HUB,
        user_id=member.public_id.encode(),
        user_name=member.email or member.public_id,
        user_display_name=member.display_name,
        exclude_credentials=[_descriptor(each) for each in passkeys_of(member.id)],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    _keep_challenge(current, options.challenge)
    return options_to_json(options)


def add_passkey(
    actor: Viewer,
    member: Member,
    *,
    name: str,
    credential: str,
    current: SignInSession,
    party: RelyingParty,
) -> Passkey:
    """Keep the public key of a new passkey; the member's other sessions end.

    Args:
        actor: the member, for the audit log.
        member: whose passkey it is.
        name: what its owner calls it, at most 60 characters.
        credential: what the browser answered, as JSON.
        current: the session that holds the challenge.
        party: the hub at its own address.

    Raises:
        InvalidError: the answer does not fit the challenge, or there are ten passkeys; names the field.
        ConflictError: this passkey is known.
    """
    require_text("name", name, PASSKEY_NAME_LENGTH)
    if len(passkeys_of(member.id)) >= MOST_PASSKEYS:
        raise InvalidError(
            N_("You have %(most)s passkeys. Remove one first."), field="name", most=MOST_PASSKEYS
        )
    challenge = _use_challenge(current)
    _require_short(credential)
    try:
        answer = parse_registration_credential_json(credential)
        verified = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    except MALFORMED:
        raise InvalidError(WRONG_PASSKEY, field="credential") from None
    if session().scalar(select(Passkey.id).where(Passkey.credential_id == verified.credential_id)):
        raise ConflictError(N_("This passkey is known already."))
    passkey = Passkey(
        member_id=member.id,
        name=name,
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        transports=" ".join(each.value for each in answer.response.transports or ()),
        created_at=now(),
    )
    session().add(passkey)
    session().flush()
    note_added(actor, member, "passkey", current)
    return passkey


def authentication_options(pending: SignInSession, party: RelyingParty) -> str:
    """Return, as JSON for the browser, what one of the member's passkeys must sign; kept with the pending session."""
    options = generate_authentication_options(
        rp_id=party.id,
        allow_credentials=[_descriptor(each) for each in passkeys_of(pending.member_id)],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    _keep_challenge(pending, options.challenge)
    return options_to_json(options)


def check_passkey(pending: SignInSession, credential: str, party: RelyingParty) -> None:
    """Make sure that one of the member's passkeys signed the challenge of `pending`.

    Raises:
        InvalidError: it did not, or the key's counter shows that a copy was used; names the field `credential`.
    """
    challenge = _use_challenge(pending)
    _require_short(credential)
    try:
        answer = parse_authentication_credential_json(credential)
        passkey = session().scalar(
            select(Passkey).where(
                Passkey.credential_id == answer.raw_id, Passkey.member_id == pending.member_id
            )
        )
        if passkey is None:
            raise InvalidError(WRONG_PASSKEY, field="credential")
        verified = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
        )
    except MALFORMED:
        raise InvalidError(WRONG_PASSKEY, field="credential") from None
    passkey.sign_count = verified.new_sign_count
    passkey.last_used_at = now()
    session().flush()


def remove_passkey(actor: Viewer, member: Member, public_id: str) -> None:
    """Take one of the member's passkeys away.

    Raises:
        NotFoundError: it is none of theirs.
    """
    gone = session().execute(
        delete(Passkey).where(Passkey.member_id == member.id, Passkey.public_id == public_id)
    )
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFoundError
    note_removed(actor, member, "passkey")


def _require_short(credential: str) -> None:
    if len(credential) > LONGEST_ANSWER:
        raise InvalidError(WRONG_PASSKEY, field="credential")


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    known = {each.value for each in AuthenticatorTransport}
    transports = [AuthenticatorTransport(each) for each in passkey.transports.split() if each in known]
    return PublicKeyCredentialDescriptor(id=passkey.credential_id, transports=transports or None)


def _keep_challenge(holder: SignInSession, challenge: bytes) -> None:
    holder.challenge, holder.challenge_at = bytes_to_base64url(challenge), now()
    session().flush()


def _use_challenge(holder: SignInSession) -> bytes:
    """Return the challenge that `holder` keeps and forget it, so that no right answer to it counts twice.

    A wrong answer undoes the transaction, and the challenge stays until it is five minutes old.
    """
    kept, made_at = holder.challenge, holder.challenge_at
    used = session().execute(
        update(SignInSession)
        .where(SignInSession.id == holder.id, SignInSession.challenge == kept)
        .values(challenge=None, challenge_at=None),
        execution_options={"synchronize_session": False},
    )
    if not kept or not made_at or now() - made_at > CHALLENGE_FOR or used.rowcount != 1:  # type: ignore[attr-defined]
        raise InvalidError(WRONG_PASSKEY, field="credential")
    session().refresh(holder)
    return base64url_to_bytes(kept)
