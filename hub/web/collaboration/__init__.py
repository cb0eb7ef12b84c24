"""The pages of requests, responses, conversations and partnerships."""
