"""Where a showcase takes place; the time zone is chosen among those of the place."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, StringField, ValidationError

from hub.showcases.making.checking import zones_of
from hub.showcases.making.details import Place, ShowcaseDetails
from hub.showcases.models import Attendance, Showcase
from hub.showcases.models.showcase import NAME_LENGTH, URL_LENGTH
from hub.vocabularies.loader import vocabulary
from hub.web.catalogue.choices import NOT_CHOSEN, language_options, one_country, page_language
from hub.web.curating.part_form import PartForm, Stored
from hub.web.fields import CodeField, HubForm, filled, text_field, web_address
from hub.web.i18n import translate
from hub.web.zones import zone_options, zone_place

LOOK = "look"
"""What the button sends that shows the time zones of the country that was chosen."""

WAYS = {
    Attendance.ON_SITE: _l("On site"),
    Attendance.ONLINE: _l("Online only"),
    Attendance.HYBRID: _l("On site and online"),
}


class ZoneField(CodeField):
    """A time zone; the form says which ones the country has."""

    def pre_validate(self, form: Form) -> None:
        """Leave it to the form, which knows the country."""


class NameFields(HubForm):
    """What a showcase is called; the fields stand before those of its place."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter a name.")))
    host_event = text_field(_l("Host event"), NAME_LENGTH)


class PlaceFields(HubForm):
    """Country, city and the time zone that they lead to."""

    attendance = RadioField(
        _l("How do people take part?"), validate_choice=False, default=Attendance.ON_SITE.value
    )
    country = CodeField(_l("Country"), choices=one_country)
    city = text_field(_l("City"), NAME_LENGTH)
    time_zone = ZoneField(_l("Time zone"), choices=())

    def offer(self) -> None:
        """Offer the time zones of the country, all where there is none; choose the one that follows from the place."""
        self.attendance.choices = [(way.value, str(words)) for way, words in WAYS.items()]
        zones = self._zones()
        # zones such as Etc/GMT+10 are of no place, and their names say the opposite of what they mean
        names = {name: words for name, words in zone_options() if not name.startswith("Etc/")}
        offered = [(name, names.get(name, name)) for name in zones or names]
        self.time_zone.choices = [(NOT_CHOSEN, ""), *offered]
        if zones and self.time_zone.data not in zones:
            # a zone of another country is none of a choice that was made for this one
            self.time_zone.data = self._zone_of_place(zones)

    @property
    def is_on_site(self) -> bool:
        """Whether people come to a place."""
        return str(self.attendance.data) != Attendance.ONLINE.value

    def _zones(self) -> tuple[str, ...]:
        country = self.country.data
        return zones_of(country) if country and country in vocabulary("countries") else ()

    def _zone_of_place(self, zones: tuple[str, ...]) -> str:
        if len(zones) == 1:
            return zones[0]
        city = (self.city.data or "").casefold()
        called = {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in zones}
        called |= {zone_place(name).casefold(): name for name in zones}
        return called.get(city, NOT_CHOSEN)

    def validate_attendance(self, field: RadioField) -> None:
        """Ask for one of the ways."""
        if field.data not in {each.value for each in Attendance}:
            raise ValidationError(translate("Choose how people take part."))

    def validate_country(self, field: CodeField) -> None:
        """Ask for the country where people come to a place."""
        if self.is_on_site and not field.data:
            raise ValidationError(translate("Choose the country."))

    def validate_city(self, field: StringField) -> None:
        """Ask for the city where people come to a place."""
        if self.is_on_site and not field.data:
            raise ValidationError(translate("Enter the city."))

    def validate_time_zone(self, field: ZoneField) -> None:
        """Ask for one of the zones on offer."""
        if not field.data:
            raise ValidationError(
                translate("Choose the time zone: the country has several.")
                if self.country.data
                else translate("Choose a time zone.")
            )
        if field.data not in {code for code, *_ in field.choices}:
            raise ValidationError(translate("Choose from the list."))

    def place(self, *, venue: str = "", online_url: str = "") -> Place:
        """Return what was typed; only after the form was found valid."""
        return Place(
            attendance=Attendance(self.attendance.data),
            time_zone=self.time_zone.data,
            country=self.country.data or None,
            city=self.city.data,
            venue=venue,
            online_url=online_url,
        )


class PlaceForm(PlaceFields, PartForm):
    """Everything about the place."""

    venue = text_field(_l("Venue"), NAME_LENGTH)
    online_url = text_field(_l("Web address for joining online"), URL_LENGTH, web_address)

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the stored place."""
        return {
            "attendance": showcase.attendance.value,
            "country": showcase.country or NOT_CHOSEN,
            "city": showcase.city,
            "time_zone": showcase.time_zone,
            "venue": showcase.venue,
            "online_url": showcase.online_url,
        }

    def details(self) -> ShowcaseDetails:
        """Return the place."""
        return ShowcaseDetails(place=self.place(venue=self.venue.data, online_url=self.online_url.data))


class BeginForm(NameFields, PlaceFields):
    """With what a showcase begins: its name, its place and the language of its texts."""

    language = CodeField(
        _l("Language of the texts"),
        [filled(_l("Choose a language."))],
        choices=language_options,
        default=page_language,
    )


def is_looking() -> bool:
    """Whether the form was sent to see the time zones of a country, not to be stored."""
    return request.form.get("then") == LOOK
