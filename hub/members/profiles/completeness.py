"""What a profile still lacks, and what each part would bring. Knows no database."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.core.i18n import N_
from hub.members.models import FieldAudience, Member, Profile, ProfileScheme


@dataclass(frozen=True)
class Missing:
    """A part that is not filled in.

    Args:
        field: its name in the form of the profile.
        words: message id of what filling it in would bring.
    """

    field: str
    words: str


@dataclass(frozen=True)
class Completeness:
    """How much of a profile is filled in.

    Args:
        done: how many parts are.
        total: how many there are.
        missing: the others, what matters most first.
    """

    done: int
    total: int
    missing: tuple[Missing, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def _has(scheme: ProfileScheme) -> Callable[[Profile | None, Member], bool]:
    return lambda profile, _member: (
        profile is not None and any(each.scheme is scheme for each in profile.terms)
    )


def _says(name: str) -> Callable[[Profile | None, Member], bool]:
    return lambda profile, _member: profile is not None and bool(getattr(profile, name))


PARTS: tuple[tuple[str, Callable[[Profile | None, Member], bool], str], ...] = (
    (
        "audience",
        lambda profile, _member: profile is not None and profile.audience is not FieldAudience.NOBODY,
        N_("Choose who may read your page: until then nobody finds you."),
    ),
    ("headline", _says("headline"), N_("One line about your work stands under your name in every list.")),
    ("skills", _has(ProfileScheme.SKILLS), N_("With your skills you are found by those who look for them.")),
    (
        "languages",
        _has(ProfileScheme.LANGUAGES),
        N_("With your languages others know in which one to write to you."),
    ),
    (
        "country",
        lambda _profile, member: member.country is not None,
        N_("With your country people near you find you. Leave it out if it could put you at risk."),
    ),
    (
        "functions",
        _has(ProfileScheme.FUNCTIONS),
        N_("Say whether you report, detect or investigate, and those who do the same find you."),
    ),
    (
        "offences",
        _has(ProfileScheme.OFFENCES),
        N_("With the offences that you work on, investigators find whom to ask."),
    ),
    ("sectors", _has(ProfileScheme.SECTORS), N_("With your sectors people from the same field find you.")),
    ("offers", _says("offers"), N_("What you offer tells others what they may ask you for.")),
    ("needs", _says("needs"), N_("What you need tells others how they can help you.")),
    (
        "open_to",
        _has(ProfileScheme.OPEN_TO),
        N_("Say what you are open to, and you are asked for that instead of anything."),
    ),
    (
        "biography",
        _says("biography"),
        N_("A few sentences about your work let others judge whether you fit."),
    ),
)
"""Each part: its field, whether it is filled in, and what it brings."""


def completeness_of(profile: Profile | None, member: Member) -> Completeness:
    """Return what is filled in of a profile, or of none yet, and what is missing."""
    missing = tuple(
        Missing(name, words) for name, is_filled, words in PARTS if not is_filled(profile, member)
    )
    return Completeness(len(PARTS) - len(missing), len(PARTS), missing)
