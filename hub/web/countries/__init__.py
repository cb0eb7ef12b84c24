"""A page for each country: what it states about prerequisites, and what the catalogue holds of it."""
