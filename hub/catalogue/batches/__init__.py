"""Batches: records that were imported and submitted together, so that a coordinator may decide them together."""
