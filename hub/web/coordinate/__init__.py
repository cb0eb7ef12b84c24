"""The coordinators' desk: the review queue and the decisions."""
