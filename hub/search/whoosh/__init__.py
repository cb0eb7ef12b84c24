"""The embedded engine: Whoosh keeps the inverted index on disk, numpy answers from it. See docs/architecture.md."""
