"""The form of who reads a request: for whom it is posted, an open call with its audience, or receivers by name."""

from collections.abc import Iterable

from flask import request as sent
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, ValidationError

from hub.access.audience import CEILING, Audience, Readership, Tlp
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.permissions import is_requester
from hub.collaboration.posting.checking import BY_NAME_LABELS, CALL_AUDIENCES, CALL_LABELS
from hub.collaboration.posting.completeness import are_readers_chosen
from hub.collaboration.posting.details import ByName, RequestDetails
from hub.collaboration.posting.receivers import NOT_THERE, organisations_called, receivers_named
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.members.profiles.finding import members_called
from hub.organisations.models import Organisation
from hub.organisations.queries import organisations_spoken_for
from hub.web.catalogue.audience import LimitField
from hub.web.catalogue.choices import NOT_CHOSEN, country_options
from hub.web.catalogue.forms import codes
from hub.web.collaboration.draft_forms import PartForm, Stored
from hub.web.fields import CodeField, CodesField, options, text_field
from hub.web.i18n import country_name, term, translate
from hub.web.sessions import viewer

CALL, BY_NAME = "call", "by_name"

ONESELF = ""
"""The choice to post for no organisation."""

LOOK_LENGTH = 100
LEAST_TYPED = 2
MEMBER, ORGANISATION = "member:", "organisation:"
CHOOSE = N_("Choose whom it is for.")


def key_of(somebody: Member | Organisation) -> str:
    """Return how the form names a receiver."""
    if isinstance(somebody, Member):
        return f"{MEMBER}{somebody.public_id}"
    return f"{ORGANISATION}{somebody.slug}"


def words_of(somebody: Member | Organisation) -> str:
    """Return name, kind and country of a receiver."""
    if isinstance(somebody, Member):
        name, kind = somebody.display_name, term("member_types", somebody.member_type)
    else:
        name, kind = somebody.name, translate("organisation")
    place = country_name(somebody.country) if somebody.country else ""
    return " · ".join(filter(None, (name, kind, place)))


def posters() -> list[tuple[str, str]]:
    """Return for whom this person can post: themselves, and the organisations that they represent."""
    represented = [each for each in organisations_spoken_for(viewer()) if each.id in viewer().represents]
    return [(ONESELF, translate("Myself")), *((str(each.id), each.name) for each in represented)]


class ReadersForm(PartForm):
    """For whom a request is posted, and who reads it."""

    organisation_id = RadioField(_l("For whom do you ask?"), validate_choice=False, default=ONESELF)
    way = RadioField(_l("Who should read it?"), validate_choice=False)
    audience = RadioField(_l("Who may read the open call"), validate_choice=False)
    le_countries = LimitField(_l("Only law enforcement of these countries"), choices=country_options)
    tlp = CodeField(_l("How readers may pass it on"), choices=lambda: options("tlp", CALL_LABELS))
    look = text_field(_l("Look for a member or an organisation"), LOOK_LENGTH)
    receivers = CodesField(_l("Receivers"), choices=())
    named_tlp = CodeField(_l("How receivers may pass it on"), choices=lambda: options("tlp", BY_NAME_LABELS))

    @classmethod
    def stored(cls, request: CollaborationRequest) -> Stored:
        """Return the readers, or nothing chosen where nobody chose yet."""
        is_chosen, is_call = are_readers_chosen(request), request.is_open_call
        receivers = [each.member or each.organisation for each in request.receivers]
        return {
            "organisation_id": str(request.organisation_id or ONESELF),
            "way": (CALL if is_call else BY_NAME) if is_chosen else NOT_CHOSEN,
            "audience": request.audience.value if is_chosen and is_call else NOT_CHOSEN,
            "le_countries": sorted(request.readership.countries),
            "tlp": request.tlp.value if is_chosen and is_call else NOT_CHOSEN,
            "receivers": [key_of(each) for each in receivers if each is not None],
            "named_tlp": Tlp.AMBER.value if is_call else request.tlp.value,
        }

    has_found_people = False
    """Whether the search that was typed found somebody."""

    def offer(self, request: CollaborationRequest) -> None:
        """Offer what can be chosen for this request: receivers chosen before, then whom the search finds."""
        self.draft = request
        own = dict(posters())
        if request.organisation is not None:
            own.setdefault(str(request.organisation_id), request.organisation.name)
        self.organisation_id.choices = list(own.items())
        self.way.choices = [
            (CALL, translate("An open call: everybody in an audience may respond")),
            (BY_NAME, translate("Members or organisations that I name")),
        ]
        self.audience.choices = [
            (Audience.PUBLIC.value, translate("Everybody")),
            (Audience.MEMBERS.value, translate("Members of the hub")),
            (Audience.LAW_ENFORCEMENT.value, translate("Verified law enforcement")),
        ]
        chosen = _people(self.receivers.data or (), request)
        found = self._found() if sent.form.get("then") == "look" else []
        self.receivers.choices = list({key_of(each): words_of(each) for each in (*chosen, *found)}.items())
        self.has_found_people = bool(found)

    def _found(self) -> list[Member | Organisation]:
        words = (self.look.data or "").strip()
        if len(words) < LEAST_TYPED:
            return []
        somebody = viewer()
        others = members_called(somebody, words, but=[somebody.member_id or 0])
        return [*others, *organisations_called(somebody, words)]

    def validate_organisation_id(self, field: RadioField) -> None:
        """Refuse what is not on offer."""
        if field.data not in dict(field.choices):
            raise ValidationError(translate("Choose for whom you ask."))

    def validate_way(self, field: RadioField) -> None:
        """Ask for one of the two ways."""
        if field.data not in (CALL, BY_NAME):
            raise ValidationError(translate("Choose who should read it."))

    def validate_audience(self, field: RadioField) -> None:
        """Ask for the audience of an open call."""
        if self.way.data == CALL and field.data not in {each.value for each in CALL_AUDIENCES}:
            raise ValidationError(translate("Choose who may read it."))

    def validate_tlp(self, field: CodeField) -> None:
        """Ask for a label that allows the audience of an open call."""
        if self.way.data != CALL:
            return
        if not field.data:
            raise ValidationError(translate("Choose a label."))
        known = field.data in CALL_LABELS and self.audience.data in {each.value for each in Audience}
        if known and Audience(self.audience.data) not in CEILING[Tlp(field.data)]:
            raise ValidationError(
                translate("This label does not allow this audience. The table says which do.")
            )

    def validate_receivers(self, field: CodesField) -> None:
        """Ask for somebody where the request is sent by name."""
        if self.way.data == BY_NAME and not field.data:
            raise ValidationError(
                translate("Name at least one member or organisation: look for a name, then tick it.")
            )

    def validate_named_tlp(self, field: CodeField) -> None:
        """Ask for the label of what is sent by name."""
        if self.way.data == BY_NAME and not field.data:
            raise ValidationError(translate("Choose a label."))

    def details(self) -> RequestDetails:
        """Return for whom it is posted and who reads it; what the chosen way does not ask for is left out.

        Raises:
            InvalidError: a receiver is not there any more.
        """
        organisation = int(self.organisation_id.data) if self.organisation_id.data else None
        if self.way.data == CALL:
            audience = Audience(self.audience.data)
            countries = codes(self.le_countries) if audience is Audience.LAW_ENFORCEMENT else ()
            readers: Readership | ByName = Readership(
                audience, Tlp(self.tlp.data), countries=frozenset(countries)
            )
        else:
            people = _people(codes(self.receivers), self.draft)
            if len(people) != len(codes(self.receivers)):
                raise InvalidError(NOT_THERE, field="receivers")
            readers = ByName(
                Tlp(self.named_tlp.data),
                frozenset(each.id for each in people if isinstance(each, Member)),
                frozenset(each.id for each in people if isinstance(each, Organisation)),
            )
        return RequestDetails(organisation_id=organisation, readers=readers)


def _people(keys: Iterable[str], request: CollaborationRequest) -> list[Member | Organisation]:
    """Return whom the keys name, as far as this person may know them or has named them here before."""
    before = request if is_requester(viewer(), request) else None
    members = [key.removeprefix(MEMBER) for key in keys if key.startswith(MEMBER)]
    organisations = [key.removeprefix(ORGANISATION) for key in keys if key.startswith(ORGANISATION)]
    return receivers_named(viewer(), members, organisations, before=before)
