"""What governments promised: commitments with owners, milestones bound to metrics of the hub, evidence, assessments."""
