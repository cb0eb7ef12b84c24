"""Introductions of one member to another: asked for with a note, accepted, or passed over in silence."""
