"""Who may do what with accounts."""

NEEDED_COORDINATORS = 2
NEEDED_ADMINISTRATORS = 1


def can_bootstrap(coordinators: int, administrators: int) -> bool:
    """Whether accounts and roles may still be made at the machine, without four eyes.

    Args:
        coordinators: approved members with this role in force.
        administrators: approved members with this role in force.
    """
    return coordinators < NEEDED_COORDINATORS or administrators < NEEDED_ADMINISTRATORS
