"""Milestones of commitments: what was promised until when, how far it is, and by which metrics it is measured."""
