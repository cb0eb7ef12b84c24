"""The texts of a record that exist once per language, as form fields."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from hub.catalogue.models.checking import LENGTHS
from hub.catalogue.models.content import TEXT_FIELDS
from hub.web.catalogue.labels import LABELS
from hub.web.fields import HubForm, Validator, filled, text_field

PARAGRAPHS = frozenset(TEXT_FIELDS) - {"name", "short_description", "description"}
"""The texts of plain paragraphs; the description is Markdown, the other two are one line."""


def prose_field(name: str, *validators: Validator) -> StringField:
    """Return the form field of one text, with its label and its limit."""
    return text_field(LABELS[name], LENGTHS[name], *validators, area=name != "name")


class TextForm(HubForm):
    """Every text of a record, in one language."""

    name = prose_field("name", filled(_l("Enter a name.")))
    short_description = prose_field("short_description")
    problem = prose_field("problem")
    description = prose_field("description")
    novelty = prose_field("novelty")
    results = prose_field("results")
    conditions = prose_field("conditions")
    lessons = prose_field("lessons")
    do_no_harm = prose_field("do_no_harm")
    privacy = prose_field("privacy")
    misuse_risk = prose_field("misuse_risk")
    error_rates = prose_field("error_rates")

    def words(self) -> dict[str, str]:
        """Return the typed texts by field name."""
        return {name: self[name].data or "" for name in TEXT_FIELDS}
