"""Coordinators with a conflict of interest: recusing themselves, and what none of them can decide."""
