"""A draft with the words of an earlier request, for other readers."""

import pytest

from hub.collaboration.models import RequestStatus
from hub.collaboration.posting.copying import copy_request
from hub.collaboration.queries import requirements_of
from hub.core.errors import ForbiddenError
from tests.collaboration.acts import did
from tests.collaboration.requests import REQUIREMENTS, opened_request
from tests.factories import make_member

pytestmark = pytest.mark.db


def test_words_are_copied_but_neither_readers_nor_dates(database):
    request = opened_request(receivers=[make_member()], nice=("Speaks Georgian",))
    draft = did(copy_request, request.posted_by, request)
    assert (draft.status, draft.title, draft.background) == (
        RequestStatus.DRAFT,
        request.title,
        request.background,
    )
    assert [each.words for each in requirements_of(draft).essential] == list(REQUIREMENTS)
    assert [each.words for each in requirements_of(draft).nice_to_have] == ["Speaks Georgian"]
    assert draft.codes("countries") == request.codes("countries")
    assert (draft.receivers, draft.due_at) == ([], None)


def test_only_the_requester_copies(database):
    with pytest.raises(ForbiddenError):
        did(copy_request, make_member(), opened_request())
