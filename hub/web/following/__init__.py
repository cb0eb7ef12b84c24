"""The buttons with which members follow things; the list of what somebody follows is a page of their account."""
