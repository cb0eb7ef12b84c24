"""The pages of suggestions: lists with reasons, why and why not, what counts, what was set aside, and the method."""

from hub.web.matches import finding, inviting, lists, method, related, setting_aside, sparing, weights, why

__all__ = ["finding", "inviting", "lists", "method", "related", "setting_aside", "sparing", "weights", "why"]
