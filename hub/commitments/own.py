"""Which commitment is the hub's own: the promise that it was built to keep."""

OWN_CODE = "UK0066"
