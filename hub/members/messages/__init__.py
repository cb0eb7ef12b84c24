"""What members write to one another through the hub, and whom they block. Reports of abuse are decided in vetting."""
