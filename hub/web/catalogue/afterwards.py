"""The forms of what happens to a record after it is published: reasons, claims, offers, problem reports, proposals."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from hub.catalogue.models import ProposedAction
from hub.catalogue.models.content import PARAGRAPH_LENGTH
from hub.catalogue.models.curation import DISCLOSURE_LENGTH
from hub.organisations.models import Organisation
from hub.web.fields import CodeField, HubForm, filled, options, text_field
from hub.web.i18n import translate


class ReasonForm(HubForm):
    """Why somebody asks for something, in their own words."""

    words = text_field(
        _l("In your words"), PARAGRAPH_LENGTH, filled(_l("Give your reason in your own words.")), area=True
    )


class OfferForm(HubForm):
    """To which organisation a record is offered; words are welcome but not needed."""

    organisation_id = CodeField(
        _l("Organisation"), validators=[filled(_l("Choose a verified organisation."))]
    )
    words = text_field(_l("In your words"), PARAGRAPH_LENGTH, area=True)

    def __init__(self, receivers: Sequence[Organisation], **values: Any) -> None:  # noqa: ANN401 - as FlaskForm's
        super().__init__(**values)
        named = ((str(each.id), each.name) for each in receivers)
        self.organisation_id.choices = [("", translate("Choose an organisation")), *named]


class ProblemReportForm(HubForm):
    """What is wrong with a record."""

    kind = CodeField(
        _l("What is it about?"),
        choices=lambda: options("problem_kinds"),
        validators=[filled(_l("Choose what it is about."))],
    )
    words = text_field(
        _l("What is wrong?"), PARAGRAPH_LENGTH, filled(_l("Say what is wrong, and where.")), area=True
    )


class ProposalForm(HubForm):
    """Why a coordinator proposes an action to a second one."""

    action: ProposedAction
    reason = text_field(
        _l("Reason"), PARAGRAPH_LENGTH, filled(_l("Give your reason in your own words.")), area=True
    )

    @property
    def disclosed(self) -> str:
        """What is disclosed about sponsors; nothing here."""
        return ""


class TakeDownForm(ProposalForm):
    """Why a record should be taken down."""

    action = ProposedAction.TAKE_DOWN


class FeatureForm(ProposalForm):
    """Why a record should be featured, and who sponsors it."""

    action = ProposedAction.FEATURE
    disclosure = text_field(
        _l("Who sponsors it"),
        DISCLOSURE_LENGTH,
        filled(_l("Say who sponsors it, or that nobody does. Everybody reads this.")),
    )

    @property
    def disclosed(self) -> str:
        """What everybody reads about sponsors."""
        return str(self.disclosure.data or "")
