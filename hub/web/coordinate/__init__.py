"""The coordinators' desks: what waits (`queue`), reviews (`review`), batches (`batches`), all other tasks (`tasks`)."""

from hub.web.coordinate import batches, queue, recusing, review, tasks

__all__ = ["batches", "queue", "recusing", "review", "tasks"]
