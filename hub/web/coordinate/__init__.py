"""The coordinators' desks: what waits (`queue`), reviews (`review`), batches (`batches`), all other tasks (`tasks`)."""

from hub.web.coordinate import batches, queue, review, tasks

__all__ = ["batches", "queue", "review", "tasks"]
