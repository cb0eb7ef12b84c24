"""What a copy owes to the showcase whose words it took over: it is never for more people than that one is now."""

from hub.access.audience import Readership, is_wider
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.showcases.models import Showcase, ShowcaseStatus

WIDER_THAN_ITS_ORIGIN = N_(
    "Its words were copied from a showcase for fewer people, or under a stricter label."
    " For a wider one begin a new showcase."
)


def origin_of(showcase: Showcase) -> Showcase:
    """Return the showcase that a copy of `showcase` has its words from: of a draft that is a copy, the original."""
    if showcase.status is ShowcaseStatus.DRAFT and showcase.copied_from_id is not None:
        return session().get_one(Showcase, showcase.copied_from_id)
    return showcase


def check_within_origin(showcase: Showcase, readership: Readership) -> None:
    """Refuse an audience or label that would show words of the original to people for whom they were not written.

    Args:
        showcase: a draft, copied or not.
        readership: what is chosen for it.

    Raises:
        InvalidError: it is wider than that of the original.
    """
    if showcase.copied_from_id is None:
        return
    original = session().get_one(Showcase, showcase.copied_from_id)
    if original.label_rows and is_wider(original.readership, readership):
        raise InvalidError(WIDER_THAN_ITS_ORIGIN, field="audience")
