"""What members collect for themselves: a shortlist that is shared, one that is not, and a saved search."""

from sqlalchemy import select

from hub.alerts.searches import SavedQuery, save_search
from hub.catalogue.models import Innovation
from hub.core.database import session
from hub.shortlists.models import Shortlist, ShortlistShare
from hub.shortlists.service import add_innovations, make_shortlist
from tests.catalogue.cast import did

PLACE = "<slug>"


def add_collected(world, cast):
    """Add them: the member shares with the focal point and the adopting agency, law enforcement with nobody.

    The shared list holds what everybody may read; that of law enforcement the record for police.
    """
    member, police = cast["member"], cast["law enforcement"]
    shared = _list_of(member, "Tools to try", world.places["public record"][PLACE])
    private = _list_of(police, "Not for others", world.places["police record"][PLACE])
    shares = (
        ShortlistShare(shortlist_id=shared.id, member_id=cast["focal point"].id),
        ShortlistShare(shortlist_id=shared.id, organisation_id=cast.adopting.id),
    )
    session().add_all(shares)
    session().commit()
    world.add("shortlist", public_id=shared.public_id)
    world.add("private shortlist", public_id=private.public_id)
    (entry,), (hidden,) = shared.entries, private.entries
    world.add("entry", public_id=shared.public_id, entry_id=entry.public_id)
    world.add("private entry", public_id=private.public_id, entry_id=hidden.public_id)
    # the entry of one list at the address of another
    world.add("stray entry", public_id=shared.public_id, entry_id=hidden.public_id)
    world.add("share", public_id=shared.public_id, share_id=shares[0].public_id)
    world.add("stray share", public_id=private.public_id, share_id=shares[0].public_id)
    search = did(save_search, member, SavedQuery("ledgers"))
    world.add("saved search", public_id=search.public_id)


def _list_of(member, name, slug) -> Shortlist:
    made = did(make_shortlist, member, name=name)
    found = session().scalars(select(Innovation).where(Innovation.slug == slug)).one()
    did(add_innovations, member, made, [found], note="Words.")
    return made
