"""What matching knows of members, innovations, requests and organisations, read from the features' own tables."""

from hub.matching.subjects.reading import all_facts, live

__all__ = ["all_facts", "live"]
