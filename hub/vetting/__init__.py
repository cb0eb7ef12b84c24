"""Applications, invitations, roles, law-enforcement status and lost factors: who is let in, and by whom."""
