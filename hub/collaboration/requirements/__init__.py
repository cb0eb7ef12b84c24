"""New versions of the requirements of a request that is open."""
