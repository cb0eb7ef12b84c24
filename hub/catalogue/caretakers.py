"""Who looks after an innovation, and telling them what happened to it."""

from collections.abc import Collection

from hub.catalogue.models import Innovation
from hub.notifications.service import notify
from hub.organisations.people import speakers


def caretakers_of(innovation: Innovation) -> frozenset[int]:
    """Return the ids of the people on its owner's side: who registered it, and who represents its owner.

    A hand-over ends what registering gave, and what others compiled from public sources is not yet its owner's, as
    `permissions.is_on_owner_side` says.
    """
    found = frozenset() if innovation.is_handed_over else frozenset({innovation.registered_by_id})
    if innovation.owner is not None and not innovation.is_compiled:
        found |= speakers(innovation.owner)
    return found


def tell_caretakers(
    kind: str, innovation: Innovation, *, but: int | None, also: Collection[int | None] = ()
) -> None:
    """Tell those who look after a record what happened to it.

    Args:
        kind: of the notification.
        innovation: the record.
        but: id of the member who did it, and knows.
        also: ids of others who are told; None stands for nobody.
    """
    told = (caretakers_of(innovation) | {number for number in also if number is not None}) - {but}
    notify(told, kind, innovation.subject, tlp=innovation.present_tlp)
