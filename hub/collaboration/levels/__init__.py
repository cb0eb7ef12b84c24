"""Service levels: what waits on whom and for how long, reminders, escalation, and what ends by the clock."""
