"""How a request ends early, moves its dates, expires and is opened again."""
