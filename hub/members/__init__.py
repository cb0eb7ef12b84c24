"""People: accounts, roles, law-enforcement status, and how they sign in."""
