"""Review of revisions by coordinators: the queue and the decisions."""
