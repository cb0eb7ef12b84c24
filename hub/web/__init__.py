"""Pages for people: one folder a feature with views and forms; the rooms beside them serve every page."""
