"""The page on which people land after signing in: what waits on them, what is new, what they began, one next step."""
