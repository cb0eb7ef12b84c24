"""What is said about a showcase when it is over: what was presented, the report, and its figures."""
