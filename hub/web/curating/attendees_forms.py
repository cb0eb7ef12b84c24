"""The form with which a team declines a registration."""

from flask_babel import lazy_gettext as _l

from hub.showcases.models.entry import WORDS_LENGTH
from hub.web.fields import HubForm, filled, text_field


class DeclineForm(HubForm):
    """Why somebody gets no place."""

    words = text_field(_l("Why?"), WORDS_LENGTH, filled(_l("Say why: the person reads it.")), area=True)
