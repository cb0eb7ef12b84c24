"""What coordinators decide: submitted requests, new requirements of open calls, and calls for their help."""
