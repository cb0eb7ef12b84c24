"""What tests of shortlists share: a list with what a test wants on it."""

from hub.core.database import transaction
from hub.organisations.models import Organisation
from hub.shortlists.queries import own_shortlists
from hub.shortlists.service import add_innovations, make_shortlist
from hub.shortlists.sharing import share_with_member, share_with_organisation


def shortlist_of(keeper, *innovations, name="Procurement", note="", notes=""):
    """Make a list of `keeper` with innovations on it."""
    with transaction():
        shortlist = make_shortlist(keeper, name=name, note=note)
    if innovations:
        with transaction():
            add_innovations(keeper, shortlist, innovations, note=notes)
    return shortlist


def share(shortlist, receiver):
    """Share a list with a member or an organisation."""
    keeper = shortlist.member
    with transaction():
        if isinstance(receiver, Organisation):
            share_with_organisation(keeper, shortlist, receiver)
        else:
            share_with_member(keeper, shortlist, receiver)
    return shortlist


def names_of(shown):
    """Return the names of what is shown of a list; None where it is hidden."""
    return [each.innovation and each.innovation.published_revision.source_text.name for each in shown]


def counts(viewer):
    """Return names and numbers of the lists that somebody keeps."""
    return {each.shortlist.name: each.count for each in own_shortlists(viewer)}
