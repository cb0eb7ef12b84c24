"""Roles and proposals of roles in words."""

from hub.access.viewer import ROLE_NAMES, Role
from hub.core.i18n import N_
from hub.vetting.models import RoleAction, RoleProposal
from hub.web.i18n import country_name, translate

ACTIONS = {
    RoleAction.GRANT: N_("Give: %(role)s"),
    RoleAction.END: N_("End: %(role)s"),
    RoleAction.HAND_OVER: N_("Hand over: %(role)s"),
}

ROLE_TASKS = {
    Role.FOCAL_POINT: N_("Registers innovations of their country and says what it has in place for them."),
    Role.COORDINATOR: N_("Vets people, reviews records, curates the catalogue."),
    Role.INTEGRITY_OFFICER: N_("Reads the audit log and handles conflicts of interest. Decides no content."),
    Role.ADMINISTRATOR: N_("Runs the system. Decides no content."),
}


def role_words(role: Role, country: str | None) -> str:
    """Return a role with its country, such as "Focal point, Georgia"."""
    name = translate(ROLE_NAMES[role])
    return f"{name}, {country_name(country)}" if country else name


def proposal_words(proposal: RoleProposal) -> str:
    """Return what a proposal would do, such as "Give: Coordinator"."""
    return translate(ACTIONS[proposal.action], role=role_words(proposal.role, proposal.country))
