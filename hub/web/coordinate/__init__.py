"""The coordinators' desks: what waits (`queue`), reviews (`review`), batches (`batches`), all other tasks (`tasks`)."""

from hub.web.coordinate import (
    batches,
    factor_resets,
    law_enforcement,
    members,
    places,
    queue,
    recusing,
    review,
    tasks,
)

__all__ = [
    "batches",
    "factor_resets",
    "law_enforcement",
    "members",
    "places",
    "queue",
    "recusing",
    "review",
    "tasks",
]
