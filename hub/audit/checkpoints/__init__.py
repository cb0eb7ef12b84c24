"""Signed checkpoints of the audit log: how long it was and what its last hash was, for whoever keeps a copy."""
