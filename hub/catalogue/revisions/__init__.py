"""The history of a record: which of its revisions somebody may read, and in which order."""
