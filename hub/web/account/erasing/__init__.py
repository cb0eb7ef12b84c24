"""What becomes of the open things of somebody who erases their account."""
