"""Full-text search behind one engine protocol; knows documents and labels, no feature's models."""
