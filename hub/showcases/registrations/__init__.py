"""Registrations: who has a place, who waits in which order, seats, the entrance, and what is erased afterwards."""
