"""What the catalogue holds of one country."""
