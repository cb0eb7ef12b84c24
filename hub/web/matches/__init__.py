"""The pages of suggestions: lists with reasons, why and why not, what counts, what was set aside, and the method."""

from hub.web.matches import finding, lists, method, related, setting_aside, weights, why

__all__ = ["finding", "lists", "method", "related", "setting_aside", "weights", "why"]
