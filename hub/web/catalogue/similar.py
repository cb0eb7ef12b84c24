"""Which other records are most like one, among those that the reader may find."""

from collections.abc import Sequence

from hub.catalogue.documents import search_document
from hub.catalogue.models import Innovation
from hub.core.errors import UnavailableError
from hub.core.pagination import PageRequest
from hub.search.documents import Query
from hub.search.queries import similar
from hub.web.catalogue.hits import Hit, hits_of
from hub.web.runtime import runtime
from hub.web.sessions import viewer

SHOWN = 4
"""Similar records on the page of one."""


def similar_to(innovation: Innovation) -> Sequence[Hit]:
    """Return the records most like a shown one; nothing while there is no index: the page does without."""
    if not innovation.is_shown or innovation.published_revision is None:
        return ()
    query = Query(labels=viewer().labels, page=PageRequest(1, SHOWN), has_counts=False)
    try:
        found = similar(runtime().search, search_document(innovation), query)
    except UnavailableError:
        return ()
    return hits_of(found[:SHOWN])
