"""Evidence for commitments: given by members, decided by coordinators, and what may be said because of it."""
