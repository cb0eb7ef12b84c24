"""What the forms of a showcase's parts share: what is stored, what was typed, and boxes to tick."""

from typing import Any

from wtforms.fields.core import UnboundField

from hub.core.i18n import N_
from hub.showcases.making.details import ShowcaseDetails
from hub.showcases.models import Showcase
from hub.web.fields import CodesField, HubForm

Stored = dict[str, Any]

YES = "yes"


class TickField(CodesField):
    """One box. Its words stand beside it, under what it is about."""

    none_means = N_("No")

    @property
    def is_ticked(self) -> bool:
        """Whether it was ticked."""
        return YES in (self.data or ())


def ticked(value: bool) -> list[str]:  # noqa: FBT001 - what is stored
    """Return a stored truth as its box has it."""
    return [YES] if value else []


class PartForm(HubForm):
    """One page about a showcase. `stored` reads it, `details` says what was typed; `showcase` is set beforehand."""

    showcase: Showcase

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of its fields in the order of the page."""
        fields = {name: field for name in dir(cls) if isinstance(field := getattr(cls, name), UnboundField)}
        return tuple(sorted(fields, key=lambda name: fields[name].creation_counter))

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the stored values by field name."""
        return {name: getattr(showcase, name) for name in cls.names()}

    def details(self) -> ShowcaseDetails:
        """Return what was typed; only after the form was found valid.

        Raises:
            InvalidError: it can never be true; names the field.
        """
        return ShowcaseDetails(**{name: self[name].data for name in self.names()})

    def after_saving(self) -> None:
        """Say what whoever typed it must know, once it is stored."""
