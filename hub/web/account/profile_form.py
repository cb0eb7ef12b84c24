"""The form of one's own profile: what it asks, what is stored of each field, and what was typed."""

import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField, StringField, TextAreaField, ValidationError

from hub.core.errors import InvalidError
from hub.members.models import (
    EMAIL_LENGTH,
    NAME_LENGTH,
    FieldAudience,
    Member,
    Profile,
    ProfileScheme,
)
from hub.members.models.profiles import (
    BIOGRAPHY_LENGTH,
    FREE_SCHEMES,
    HEADLINE_LENGTH,
    LINK_LENGTH,
    LINK_TITLE_LENGTH,
    MOST_LINKS,
    MOST_TERMS,
    OFFER_LENGTH,
    PHONE_LENGTH,
    TERM_LENGTH,
)
from hub.members.profiles.checking import POLICE, added_field, check_added
from hub.members.profiles.languages import is_language
from hub.members.profiles.queries import additions
from hub.members.profiles.service import ProfileDetails
from hub.members.profiles.terms import kept_terms
from hub.web.catalogue.choices import language_options, one_country, page_language
from hub.web.catalogue.rows import RowForm, filled_rows
from hub.web.fields import (
    AtMost,
    CodeField,
    CodesField,
    HubForm,
    RowsField,
    email_address,
    filled,
    options,
    text_field,
    tidy,
    web_address,
)
from hub.web.i18n import by_name, translate

YES, NO = "yes", "no"

ADDED_LENGTH = (TERM_LENGTH + 1) * MOST_TERMS * 2
"""Characters of the field for what a list lacks; each line has a limit of its own."""

ROOM = 2
"""Rows for links on a page with none yet; each further save gives room for more."""

AUDIENCES = {
    FieldAudience.NOBODY: _l("Nobody but me"),
    FieldAudience.LAW_ENFORCEMENT: _l("Verified law enforcement"),
    FieldAudience.MEMBERS: _l("Members of the hub"),
    FieldAudience.PUBLIC: _l("Everybody, also without an account"),
}
"""What each audience is called, the narrowest first."""


def audience_options() -> list[tuple[str, str]]:
    """Return (code, words) of the audiences."""
    return [(each.value, str(words)) for each, words in AUDIENCES.items()]


def yes_or_no() -> list[tuple[str, str]]:
    """Return the two answers."""
    return [(YES, translate("Yes")), (NO, translate("No"))]


def spoken_options() -> list[tuple[str, str]]:
    """Return (code, name) of the languages to choose from."""
    return [(code, name) for code, name in language_options() if is_language(code)]


class AtMostAltogether(AtMost):
    """A limit for several lines, each of which has its own: nothing to count down to."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.field_flags = {}


def added_words(label: object) -> TextAreaField:
    """Return the field for what a list lacks, one a line."""
    return TextAreaField(label, filters=[tidy], validators=[AtMostAltogether(ADDED_LENGTH)])


class AudienceField(CodeField):
    """For whom a part is; one of the audiences."""

    def __init__(self, label: object, **settings: Any) -> None:  # noqa: ANN401 - WTForms' own
        super().__init__(
            label,
            choices=audience_options,
            validators=[filled(_l("Choose who may read it."))],
            **settings,
        )


class LinkRow(RowForm):
    """Where else the person can be read."""

    told = ("title", "url")

    url = text_field(_l("Web address"), LINK_LENGTH, web_address)
    title = text_field(_l("What it is"), LINK_TITLE_LENGTH)

    def validate_url(self, field: StringField) -> None:
        """Ask for the address where only a title was entered."""
        if not field.data and self.title.data:
            raise ValidationError(translate("Enter the web address."))


class ProfileForm(HubForm):
    """All that somebody says about themselves."""

    audience = AudienceField(_l("Who can read this page?"))
    display_name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter the name that others are to read.")))
    headline = text_field(_l("Your work in one line"), HEADLINE_LENGTH)
    member_type = CodeField(
        _l("What do you do?"),
        choices=lambda: options("member_types"),
        validators=[filled(_l("Choose what fits best."))],
    )
    country = CodeField(_l("Country"), choices=one_country)
    biography = text_field(_l("About you and your work"), BIOGRAPHY_LENGTH, area=True)
    biography_audience = AudienceField(_l("Who can read this text?"))
    language = CodeField(_l("Language of your texts"), choices=language_options)
    skills = CodesField(_l("Skills"), choices=[])
    added_skills = added_words(_l("Skills that the list lacks"))
    languages = CodesField(_l("Languages that you work in"), choices=[])
    added_languages = added_words(_l("Languages that the list lacks"))
    functions = CodesField(_l("What you help to do"), choices=lambda: options("functions"))
    offences = CodesField(_l("Offences"), choices=lambda: options("offences"))
    sectors = CodesField(_l("Sectors"), choices=lambda: options("sectors"))
    offers = text_field(_l("What you offer"), OFFER_LENGTH, area=True)
    needs = text_field(_l("What you need"), OFFER_LENGTH, area=True)
    open_to = CodesField(_l("What you are open to"), choices=lambda: options("open_to"))
    is_contactable = CodeField(_l("May members write to you through the hub?"), choices=yes_or_no)
    contact_email = text_field(_l("Email address"), EMAIL_LENGTH, email_address)
    contact_phone = text_field(_l("Telephone number"), PHONE_LENGTH)
    contact_audience = AudienceField(_l("Who can read address and number?"))
    links = RowsField(
        FormField(LinkRow), _l("Links"), min_entries=ROOM, max_entries=2 * MOST_LINKS, default=()
    )

    def offer(self, member: Member) -> None:
        """Offer the types that one may choose, and on the lists also what people added."""
        types = options("member_types")
        is_police = member.member_type == POLICE
        self.member_type.choices = [each for each in types if (each[0] == POLICE) is is_police]
        for scheme, listed in (
            (ProfileScheme.SKILLS, options("skills")),
            (ProfileScheme.LANGUAGES, spoken_options()),
        ):
            field = self[scheme.value]
            added = {each.code: each.label for each in kept_terms(scheme)}
            # also those that coordinators have not seen yet, or have merged since the page was opened
            held = additions(field.data or ())
            added |= {code: each.label for code, each in held.items() if each.scheme is scheme}
            field.choices = _by_label([*listed, *added.items()])

    def validate_added_skills(self, field: StringField) -> None:
        """Name the first line that cannot be a skill."""
        _check_lines(ProfileScheme.SKILLS, field)

    def validate_added_languages(self, field: StringField) -> None:
        """Name the first line that cannot be a language."""
        _check_lines(ProfileScheme.LANGUAGES, field)

    def validate_links(self, field: RowsField) -> None:
        """Refuse more links than a profile takes."""
        if len(filled_rows(field)) > MOST_LINKS:
            raise ValidationError(translate("Give at most %(most)s links.", most=MOST_LINKS))

    def details(self) -> ProfileDetails:
        """Return what was typed; only after the form was found valid."""
        terms = {scheme: list(self[scheme.value].data or ()) for scheme in ProfileScheme}
        added = {}
        for scheme in FREE_SCHEMES:
            chosen, unknown = self._known(scheme)
            terms[scheme] += chosen
            added[scheme] = tuple(unknown)
        return ProfileDetails(
            display_name=self.display_name.data,
            member_type=self.member_type.data,
            country=self.country.data or None,
            audience=FieldAudience(self.audience.data),
            language=self.language.data or page_language(),
            headline=self.headline.data,
            biography=self.biography.data,
            biography_audience=FieldAudience(self.biography_audience.data),
            contact_email=self.contact_email.data,
            contact_phone=self.contact_phone.data,
            contact_audience=FieldAudience(self.contact_audience.data),
            offers=self.offers.data,
            needs=self.needs.data,
            is_contactable=self.is_contactable.data != NO,
            terms={scheme: tuple(dict.fromkeys(codes)) for scheme, codes in terms.items()},
            added=added,
            links=tuple((row.url.data, row.title.data or "") for row in filled_rows(self.links)),
        )

    def _known(self, scheme: ProfileScheme) -> tuple[list[str], list[str]]:
        """Return the codes of typed lines that are on the list in the language of the page, and the other lines."""
        labels = {_plain(label): code for code, label, *_rest in self[scheme.value].iter_choices()}
        typed = lines_of(self[added_field(scheme)])
        known = [labels[_plain(line)] for line in typed if _plain(line) in labels]
        return known, [line for line in typed if _plain(line) not in labels]


NAMES = (
    "audience",
    "display_name",
    "headline",
    "member_type",
    "country",
    "biography",
    "biography_audience",
    "language",
    "skills",
    "added_skills",
    "languages",
    "added_languages",
    "functions",
    "offences",
    "sectors",
    "offers",
    "needs",
    "open_to",
    "is_contactable",
    "contact_email",
    "contact_phone",
    "contact_audience",
    "links",
)
"""The fields in the order of the page."""


def stored(profile: Profile | None, member: Member) -> dict[str, Any]:
    """Return what is stored, by field; before the first save what a new profile begins with."""
    # a profile that was never saved says nothing and is for nobody
    said = profile or Profile(
        audience=FieldAudience.NOBODY,
        biography_audience=FieldAudience.MEMBERS,
        contact_audience=FieldAudience.NOBODY,
        language=page_language(),
        is_contactable=True,
    )
    texts = {
        name: getattr(said, name) or ""
        for name in ("headline", "biography", "offers", "needs", "contact_email", "contact_phone", "language")
    }
    audiences = {
        name: getattr(said, name).value for name in ("audience", "biography_audience", "contact_audience")
    }
    codes = {
        scheme.value: [each.code for each in said.terms if each.scheme is scheme] for scheme in ProfileScheme
    }
    return {
        **texts,
        **audiences,
        **codes,
        "added_skills": "",
        "added_languages": "",
        "display_name": member.display_name,
        "member_type": member.member_type,
        "country": member.country or "",
        "is_contactable": YES if said.is_contactable else NO,
        "links": [{"url": each.url, "title": each.title} for each in said.links],
    }


def lines_of(field: StringField) -> list[str]:
    """Return what was typed one a line, white space made single, each once."""
    lines = (" ".join(line.split()) for line in (field.data or "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def _check_lines(scheme: ProfileScheme, field: StringField) -> None:
    for line in lines_of(field):
        try:
            check_added(scheme, line)
        except InvalidError as error:
            raise ValidationError(translate(error.message, **error.parameters)) from None


def _by_label(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return choices in alphabetical order of their labels; of equal ones both stay."""
    named: dict[str, list[str]] = {}
    for code, label in choices:
        named.setdefault(label, []).append(code)
    return [(code, label) for label in by_name(named) for code in named[label]]


def _plain(label: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(label.split())).casefold()
