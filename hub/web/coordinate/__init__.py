"""The coordinators' desks: what waits (`queue`), reviews (`review`), batches (`batches`), all other tasks (`tasks`)."""

from hub.web.coordinate import (
    abuse,
    batches,
    factor_resets,
    law_enforcement,
    members,
    merges,
    organisations,
    oversight,
    places,
    queue,
    recusing,
    review,
    tasks,
    terms,
)

__all__ = [
    "abuse",
    "batches",
    "factor_resets",
    "law_enforcement",
    "members",
    "merges",
    "organisations",
    "oversight",
    "places",
    "queue",
    "recusing",
    "review",
    "tasks",
    "terms",
]
