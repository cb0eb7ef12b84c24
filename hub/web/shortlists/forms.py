"""The forms of shortlists: name and note, the note on one innovation, on which list, and with whom it is shared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError

from hub.shortlists.models import NAME_LENGTH, NOTE_LENGTH, Shortlist
from hub.shortlists.queries import ListedShortlist
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate

NEW = "new"
"""The choice of a list that does not exist yet."""

ADDRESS_LENGTH = 300

ON_THE_HUB = re.compile(r"/(members|organisations)/([A-Za-z0-9_-]{1,120})/?")


class ShortlistForm(HubForm):
    """What a list is called and what it is for."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Give the shortlist a name.")))
    note = text_field(_l("What it is for, and how you choose"), NOTE_LENGTH, area=True)


class NoteForm(HubForm):
    """What the keeper of a list notes about one innovation."""

    note = text_field(_l("Your note"), NOTE_LENGTH, area=True)


class AddForm(HubForm):
    """On which list innovations are put, one's own or a new one, and what is noted about a single one."""

    into = RadioField(_l("On which shortlist?"), validate_choice=False)
    name = text_field(_l("Name of the new shortlist"), NAME_LENGTH)
    note = text_field(_l("Your note"), NOTE_LENGTH, area=True)

    def offer(self, lists: list[ListedShortlist]) -> None:
        """Offer one's own lists, the one changed last first and chosen, and a new one."""
        named = [(each.shortlist.public_id, each.shortlist.name) for each in lists]
        self.into.choices = [*named, (NEW, translate("A new shortlist"))]
        if not self.into.data:
            self.into.data = named[0][0] if named else NEW

    @property
    def is_new(self) -> bool:
        """Whether a new list is asked for: whoever types its name means it, whatever else is chosen."""
        return bool(self.into.data == NEW or self.name.data)

    def chosen(self, lists: list[ListedShortlist]) -> Shortlist | None:
        """Return the chosen one of one's own lists, or None for a new one."""
        if self.is_new:
            return None
        return next(
            (each.shortlist for each in lists if each.shortlist.public_id == self.into.data),
            None,
        )

    def validate_into(self, field: RadioField) -> None:
        """Ask for one of one's own lists."""
        if field.data not in {value for value, _label in field.choices}:
            raise ValidationError(translate("Choose a shortlist."))

    def validate_name(self, field: object) -> None:
        """Ask for the name of a new list."""
        del field
        if self.is_new and not self.name.data:
            raise ValidationError(translate("Give the shortlist a name."))


@dataclass(frozen=True)
class Receiver:
    """A member or an organisation, as an address of the hub names it."""

    kind: str
    key: str


class ShareForm(HubForm):
    """With whom a list is shared: one of one's own organisations, somebody there, or whoever's page is named."""

    receiver = SelectField(_l("Your organisations and the people there"), validate_choice=False)
    address = text_field(_l("Or the address of a page"), ADDRESS_LENGTH)

    def offer(self, organisations: list[tuple[str, str]], people: list[tuple[str, str]]) -> None:
        """Offer organisations and people by (key, name), after an empty choice."""
        groups: dict[str, list[tuple[str, str]]] = {"": [("", translate("Choose"))]}
        if organisations:
            groups[translate("Organisations")] = [
                (f"organisations/{key}", name) for key, name in organisations
            ]
        if people:
            groups[translate("People")] = [(f"members/{key}", name) for key, name in people]
        self.receiver.choices = groups

    @property
    def receivers(self) -> Iterator[Receiver]:
        """Yield who is chosen and whose page is named."""
        for typed in (f"/{self.receiver.data or ''}", self.address.data or ""):
            if receiver := _receiver_of(typed):
                yield receiver

    def validate_receiver(self, field: SelectField) -> None:
        """Refuse what is not on offer, or not any more."""
        offered = {key for group in field.choices.values() for key, _name in group}
        if field.data and field.data not in offered:
            raise ValidationError(translate("Choose with whom, or enter the address of a page."))

    def validate_address(self, field: object) -> None:
        """Ask for a choice or an address of a page on the hub."""
        del field
        if self.address.data and _receiver_of(self.address.data) is None:
            raise ValidationError(
                translate("Enter the address of a member's or an organisation's page on this hub.")
            )
        if not self.address.data and not self.receiver.data:
            raise ValidationError(translate("Choose with whom, or enter the address of a page."))


def _receiver_of(typed: str) -> Receiver | None:
    """Return whose page an address is, or None where it is of no member and no organisation."""
    try:
        found = ON_THE_HUB.fullmatch(urlsplit(typed.strip()).path)
    except ValueError:
        # such as an open bracket, which begins an address of version 6
        return None
    return Receiver(found.group(1), found.group(2)) if found else None
