"""The forms with which a request ends, moves its dates, asks for something else, or is refused."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, HiddenField

from hub.collaboration.closing.service import CLOSING_LENGTH
from hub.collaboration.models import RequirementsVersion
from hub.collaboration.models.requirement import REQUIREMENT_LENGTH, WHY_LENGTH
from hub.collaboration.receiving.service import REASONS, WORDS_LENGTH
from hub.collaboration.requirements.service import MOST_OF_A_KIND
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import CodeField, RowsField, filled, options, text_field

SPARE = 2
"""Empty rows on a page for further requirements; each save gives room for more."""


class WithdrawForm(TracesForm):
    """Why a request is withdrawn, which may be left out."""

    traced = ("words",)

    words = text_field(_l("Why"), CLOSING_LENGTH, area=True)


class CancelForm(TracesForm):
    """Why a partnership is cancelled."""

    traced = ("words",)

    words = text_field(_l("Why"), CLOSING_LENGTH, filled(_l("Tell your partners why.")), area=True)


class RefuseForm(TracesForm):
    """Why a receiver will not respond."""

    traced = ("words",)

    reason = CodeField(
        _l("Why not?"),
        choices=lambda: options(REASONS),
        validators=[filled(_l("Choose why you will not respond."))],
    )
    words = text_field(_l("In your words"), WORDS_LENGTH, area=True)


class RequirementsForm(TracesForm):
    """Other requirements, and what changed. `based_on` is the number of the version that they were typed over."""

    traced = ("essential", "nice_to_have", "why")

    essential = RowsField(
        text_field(_l("Essential requirement"), REQUIREMENT_LENGTH, area=True),
        label=_l("Essential requirements"),
        max_entries=2 * MOST_OF_A_KIND,
    )
    nice_to_have = RowsField(
        text_field(_l("Nice to have"), REQUIREMENT_LENGTH, area=True),
        label=_l("What is nice to have"),
        max_entries=2 * MOST_OF_A_KIND,
    )
    why = text_field(
        _l("What changed and why?"),
        WHY_LENGTH,
        filled(_l("Tell responders what changed and why.")),
        area=True,
    )
    based_on = HiddenField()

    def start_from(self, version: RequirementsVersion) -> None:
        """Look through new words only; fill the form with a version where nothing was sent, with room for more."""
        self.accepted = [each.words for each in version.requirements]
        if not self.is_submitted():
            self.based_on.data = str(version.number)
            _fill(self.essential, [each.words for each in version.essential])
            _fill(self.nice_to_have, [each.words for each in version.nice_to_have])

    @property
    def number(self) -> int:
        """Number of the version that this was typed over; 0, which there never is, where none was sent."""
        return int(self.based_on.data) if (self.based_on.data or "").isdecimal() else 0


def _fill(field: FieldList, words: Sequence[str]) -> None:
    for each in [*words, *[""] * min(SPARE, MOST_OF_A_KIND - len(words))]:
        field.append_entry(each)
