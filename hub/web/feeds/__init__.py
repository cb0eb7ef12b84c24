"""Feeds for feed readers: what anybody may read, whoever asks for it."""
