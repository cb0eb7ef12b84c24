"""Who decided what, when and why: append-only, chained by hashes, provable without trusting the server."""
