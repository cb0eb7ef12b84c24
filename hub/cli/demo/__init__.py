"""`hub demo`: a hub on this machine with a real catalogue and fictional people."""
