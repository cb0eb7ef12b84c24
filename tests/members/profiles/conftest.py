"""People with profiles, and what waits for the search index."""

import pytest
from sqlalchemy import select

from hub.core.database import session, transaction
from hub.members.models import FieldAudience, ProfileScheme
from hub.members.profiles.service import ProfileDetails, save_profile
from hub.search.models import SearchJournal
from tests.factories import make_member

SKILLS, LANGUAGES = ProfileScheme.SKILLS, ProfileScheme.LANGUAGES


def details(**said):
    """What somebody says of themselves, with everything filled in that a test does not care about."""
    return ProfileDetails(
        **{
            "display_name": "Nino",
            "member_type": "innovator",
            "audience": FieldAudience.MEMBERS,
            "headline": "Reads tenders",
            **said,
        }
    )


def save(member, *, version=0, **said):
    """Save a profile as its owner does."""
    with transaction():
        return save_profile(member, details(**said), version=version)


def queued():
    """Return the rows of the search journal, the latest last."""
    return session().scalars(select(SearchJournal).order_by(SearchJournal.number)).all()


@pytest.fixture
def nino(database):
    return make_member(display_name="Nino")
