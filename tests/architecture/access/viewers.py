"""The fourteen viewers of the access figure, and two more, by name; nothing here is asked of the code."""

EVERYBODY = frozenset(
    {
        "visitor",
        "applicant",
        "member",
        "representative",
        "focal point",
        "law enforcement",
        "law enforcement abroad",
        "coordinator",
        "integrity officer",
        "administrator",
        "suspended",
        "owner",
        "party",
        "recused coordinator",
        # has the role, but no second factor: nothing that the role opens
        "coordinator without factor",
        # was a member until the yearly vetting was missed
        "lapsed",
    }
)

SIGNED_IN = EVERYBODY - {"visitor", "suspended"}
MEMBERS = SIGNED_IN - {"applicant", "lapsed"}
COORDINATORS = frozenset({"coordinator", "recused coordinator"})
FOCAL_POINTS = frozenset({"focal point"})
VERIFIERS = COORDINATORS | FOCAL_POINTS
INTEGRITY_OFFICERS = frozenset({"integrity officer"})
APPOINTERS = COORDINATORS | INTEGRITY_OFFICERS | {"administrator"}
WITHHELD = frozenset({"coordinator without factor"})
NOBODY: frozenset[str] = frozenset()

BY_FACTOR = frozenset({COORDINATORS, VERIFIERS, INTEGRITY_OFFICERS, APPOINTERS})
"""What only a role opens; whose role is withheld for want of a second factor is led to where one is added."""


def doors_of(lines: str, reached: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return each verb and address of some lines with those who come in."""
    pairs = (line.split(" ") for line in lines.split("\n") if line)
    return {f"{verb} {path}": reached for verbs, path in pairs for verb in verbs.split(",")}


def by_verb(rows: dict[str, dict[str, frozenset[str]]]) -> dict[str, dict[str, frozenset[str]]]:
    """Return rows whose verbs stand together as one row for each."""
    pairs = ((route.split(" "), row) for route, row in rows.items())
    return {f"{verb} {path}": row for (verbs, path), row in pairs for verb in verbs.split(",")}
