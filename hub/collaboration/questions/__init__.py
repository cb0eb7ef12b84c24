"""Questions about a request, answered once for all."""
