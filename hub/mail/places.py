"""Where on the hub a notification leads, for mails and pages alike."""

PATHS = {
    "innovation": "/innovations/{key}",
    "organisation": "/organisations/{key}",
    "member": "/members/{key}",
    "message": "/account/messages/{key}",
    "introduction": "/introductions/{key}",
    "country": "/countries/{key}",
    "verification": "/coordinate/organisations/{key}",
    "request": "/collaboration/{key}",
    "response": "/collaboration/{key}",
    "partnership": "/collaboration/{key}/partnership",
    "conversation": "/collaboration/{key}/conversation",
    "showcase": "/showcases/{key}",
    "entry": "/showcases/{key}",
    "slot": "/showcases/{key}",
    "registration": "/showcases/{key}/registration",
    "commitment": "/commitments/{key}",
    "milestone": "/commitments/{key}",
}
"""Addresses by kind of thing. Innovations by their public id: the slug of one that was public once tells its name."""

NOTIFICATIONS = "/account/notifications"
CHOICES = "/account/notifications/mail"
SUGGESTIONS = "/matches"
SEARCHES = "/account/searches"
UNSUBSCRIBE = "/unsubscribe"

PAGES = {
    "abuse_decided": "/account/messages/reports",
    "abuse_reported": "/coordinate/abuse",
    "commitment_evidence_given": "/coordinate/commitments",
    "coordinator_called": "/coordinate",
    "entries_to_score": "/coordinate/showcases/{key}/entries",
    "entry_answered": "/coordinate/showcases/{key}",
    "entry_left": "/coordinate/showcases/{key}",
    "entry_proposed": "/coordinate/showcases/{key}",
    "entry_to_place": "/coordinate/showcases/{key}",
    "export_ready": "/account/privacy",
    "feature_proposed": "/coordinate/showcases/{key}",
    "handover_offered": "/commitments/mine",
    "invitation_received": "/account#invitations",
    "ownership_offered": "/innovations/offers",
    "registration_declined": "/showcases/{key}/registration",
    "registration_made": "/showcases/{key}/registration",
    "registration_promoted": "/showcases/{key}/registration",
    "registration_received": "/showcases/{key}/registration",
    "registration_to_approve": "/coordinate/showcases/{key}/registrations",
    "registration_waiting": "/showcases/{key}/registration",
    "report_due": "/coordinate/showcases/{key}/report",
    "request_changes": "/collaboration/{key}/draft",
    "request_submitted": "/coordinate",
    "requirements_proposed": "/coordinate",
    "response_received": "/collaboration/{key}/responses",
    "response_withdrawn": "/collaboration/{key}/responses",
    "shortlist_shared": "/account/shortlists",
    "showcase_reported": "/showcases/{key}/report",
    "showcase_soon": "/showcases/{key}/registration",
    "speaking_declined": "/organisations/{key}/verification",
    "unanswered_in_country": "/coordinate/collaboration",
    "unanswered_long": "/coordinate/collaboration",
}
"""Addresses by kind of notification, where the next step is taken on another page than that of the thing."""


def path_of(kind: str, key: str) -> str:
    """Return the address of a thing on the hub; empty for a kind without a page."""
    return PATHS[kind].format(key=key) if kind in PATHS else ""


def path_to(notification: str, kind: str = "", key: str = "") -> str:
    """Return the address to which a notification leads; the list of all where it has no page of its own.

    Args:
        notification: its kind.
        kind: of the thing that it is about, if the receiver may know of it.
        key: which thing.
    """
    page = PAGES.get(notification, "")
    if "{key}" in page and not key:
        return NOTIFICATIONS
    return page.format(key=key) or path_of(kind, key) or NOTIFICATIONS
