"""Entries: proposing innovations for a showcase, who presents them, answering, and the material they leave."""
