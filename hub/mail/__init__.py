"""Renders and sends what waits in the outbox, after asking again whether the receiver may still get it."""
