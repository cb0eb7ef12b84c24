"""Making a showcase: its draft, what is said of it, its team, its call, and how it ends before its time."""
