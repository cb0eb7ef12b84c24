"""Background work: the worker process, the feeding of the search index, housekeeping."""
