"""The programme of a showcase: rooms, tracks, slots, what clashes, its publication and every later change."""
