"""How much each part counts for the reader: chosen by part, seen before it is saved, and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, RadioField, ValidationError

from hub.core.database import transaction
from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.matching.facts import Kind
from hub.matching.parts import EMPHASIS_NAMES, PART_NAMES, WEIGHTS, Emphasis, Pairing, Part
from hub.matching.suggesting.purposes import suggestions_for
from hub.matching.suggesting.suggestion import Suggestion
from hub.matching.weights import save_weights, weights_of
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.fields import HubForm
from hub.web.i18n import translate
from hub.web.limits import PREVIEWS, TASTES, spend
from hub.web.matches.blueprint import matches
from hub.web.matches.cards import Named, named
from hub.web.matches.purposes import LISTS
from hub.web.matches.sparing import TOO_FAST
from hub.web.runtime import runtime
from hub.web.sessions import actor, viewer

COMPARED, SHOWN = 10, 5
"""Places of each list that the preview compares, and those that it names even where they stay; of the others it names
what moves."""

LOOKED = 30
"""Places in which it looks for where something stands now."""

USUALLY: Mapping[Pairing, str] = {
    Pairing.MEMBER_INNOVATION: N_("%(points)s for innovations"),
    Pairing.MEMBER_REQUEST: N_("%(points)s for requests"),
    Pairing.MEMBER_MEMBER: N_("%(points)s for people"),
}
"""How much a part usually counts in each list for oneself."""

CHOSEN = tuple(part for part in Part if any(part in WEIGHTS[pairing] for pairing in USUALLY))
"""The parts that count in some list for oneself."""


def _emphases() -> list[tuple[str, str]]:
    return [(str(int(each)), translate(EMPHASIS_NAMES[each])) for each in Emphasis]


def _is_emphasis(_form: Form, field: Field) -> None:
    if field.data not in {str(int(each)) for each in Emphasis}:
        raise ValidationError(translate("Choose how much it counts."))


def _part_field(part: Part) -> RadioField:
    return RadioField(
        _l(PART_NAMES[part]), choices=_emphases, validators=[_is_emphasis], validate_choice=False
    )


class WeightsForm(HubForm):
    """How much each part counts."""

    words = _part_field(Part.WORDS)
    need = _part_field(Part.NEED)
    skills = _part_field(Part.SKILLS)
    functions = _part_field(Part.FUNCTIONS)
    offences = _part_field(Part.OFFENCES)
    sectors = _part_field(Part.SECTORS)
    standards = _part_field(Part.STANDARDS)
    for_whom = _part_field(Part.FOR_WHOM)
    open_to = _part_field(Part.OPEN_TO)
    country = _part_field(Part.COUNTRY)
    language = _part_field(Part.LANGUAGE)
    maturity = _part_field(Part.MATURITY)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Refuse besides that everything is left out: nothing could be compared then."""
        is_valid: bool = super().validate(extra_validators)
        if is_valid and not any(self.chosen().values()):
            self.form_errors.append(
                translate("Leave at least one part in: without any, nothing can be compared.")
            )
            return False
        return is_valid

    def chosen(self) -> dict[Part, Emphasis]:
        """Return the choice by part; only after the form was found valid."""
        return {part: Emphasis(int(self[part.value].data)) for part in CHOSEN}


@dataclass(frozen=True)
class Moved:
    """One place of a list as it would be.

    Args:
        thing: what would stand there.
        place: which place, from 1.
        before: where it stands now; None where it is not among the first.
        score: the points that it would have.
        score_before: the points that it has now; None where it is not among the first.
    """

    thing: Named
    place: int
    before: int | None
    score: int
    score_before: int | None


@matches.route("/weights", methods=["GET", "POST"])
@members_only
def weights() -> ResponseReturnValue:
    """Ask how much each part counts; show what would change, or keep it and return to the lists."""
    kept = weights_of(viewer())
    form = WeightsForm(**{part.value: str(int(kept[part])) for part in CHOSEN})
    preview: dict[str, list[Moved]] = {}

    def save(chosen: Mapping[Part, Emphasis]) -> ResponseReturnValue:
        spend(TASTES)
        with transaction():
            save_weights(actor(), chosen)
        flash(translate("Saved. Your suggestions are in the new order."))
        return redirect(url_for("matches.show"), code=303)

    def act() -> ResponseReturnValue:
        if "preview" in request.form:
            spend(PREVIEWS, TOO_FAST)
            preview.update(compared(form.chosen()))
            return page()
        return save(form.chosen())

    def page() -> str:
        return render_template(
            "matches/weights.html",
            form=form,
            parts=[part.value for part in CHOSEN],
            usual={part.value: usually(part) for part in CHOSEN},
            changed=any(kept[part] is not Emphasis.USUAL for part in CHOSEN),
            preview=preview,
        )

    # whatever was chosen meanwhile is dropped, so it need not be in order
    return save({}) if "usual" in request.form else ask(form, act, page)


def usually(part: Part) -> str:
    """Return how much a part usually counts in each list for oneself, in words."""
    said = [
        translate(words, points=WEIGHTS[pairing][part])
        for pairing, words in USUALLY.items()
        if part in WEIGHTS[pairing]
    ]
    return translate("Usually, of 100 points: %(points)s.", points=", ".join(said))


def compared(chosen: Mapping[Part, Emphasis]) -> dict[str, list[Moved]]:
    """Return the first places of each list as they would be, by the list's title."""
    found = {}
    for kind, (_endpoint, title) in LISTS[""].items():
        now = {each.subject: (place, each) for place, each in enumerate(_first(kind, LOOKED), start=1)}
        then = _first(kind, COMPARED, chosen)
        things = named((each.kind, each.key) for each in then)
        found[translate(title)] = [
            _moved(things[each.subject], place, each, now.get(each.subject))
            for place, each in enumerate(then, start=1)
            if each.subject in things and (place <= SHOWN or _place(now.get(each.subject)) != place)
        ]
    return found


def _moved(thing: Named, place: int, then: Suggestion, now: tuple[int, Suggestion] | None) -> Moved:
    return Moved(thing, place, _place(now), round(then.score), round(now[1].score) if now else None)


def _place(now: tuple[int, Suggestion] | None) -> int | None:
    return now[0] if now else None


def _first(kind: Kind, most: int, chosen: Mapping[Part, Emphasis] | None = None) -> Sequence[Suggestion]:
    page = PageRequest(1, most)
    return suggestions_for(runtime().matching, viewer(), "", kind, page, emphases=chosen).items
