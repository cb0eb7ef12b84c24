"""What tests of the doctor share: two addresses of a hub, and findings at a glance."""

from hub.cli.doctor.findings import Level

PUBLIC = "https://hub.example.org"
LOCAL = "http://localhost:8000"


def worst(findings):
    """Return the level of the worst finding, and all words."""
    found = list(findings)
    levels = [
        level for level in (Level.PROBLEM, Level.WARNING, Level.OK) if level in {f.level for f in found}
    ]
    return (levels[0] if levels else None), "\n".join(map(str, found))
