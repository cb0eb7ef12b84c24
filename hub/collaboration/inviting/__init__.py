"""Inviting members and organisations who may read an open call to respond to it."""
