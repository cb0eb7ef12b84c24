"""Replications: claimed by one side, confirmed by the other, evidenced, verified."""
