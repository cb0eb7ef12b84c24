"""The forms of second factors: codes that are asked for, factors that are set up, factors that are lost."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from hub.members.models import PASSKEY_NAME_LENGTH
from hub.vetting.models import WORDS_LENGTH
from hub.web.fields import HubForm, filled, text_field, tidy


class OneTimeField(StringField):
    """A code that works once, or half a minute long: what was sent is never worth sending again."""

    def _value(self) -> str:
        return ""


class CodeForm(HubForm):
    """The six digits of an authenticator app; spaces between them do not matter."""

    code = OneTimeField(_l("Security code"), filters=[tidy], validators=[filled(_l("Enter the six digits"))])


class RecoveryForm(HubForm):
    """One of ten codes that were kept for this."""

    recovery_code = StringField(
        _l("Recovery code"), filters=[tidy], validators=[filled(_l("Enter one of your recovery codes"))]
    )


class LossForm(HubForm):
    """How coordinators can make sure who reports that every second factor is lost."""

    words = text_field(
        _l("How can coordinators make sure that it is you?"),
        WORDS_LENGTH,
        filled(_l("Say how coordinators can make sure that it is you")),
        area=True,
    )


class TotpForm(CodeForm):
    """A new authenticator: its secret, sealed so that only this hub can read it, and the first code."""

    sealed = HiddenField()


class PasskeyForm(HubForm):
    """A new passkey: its name, and what the browser answered."""

    name = text_field(_l("Name of the passkey"), PASSKEY_NAME_LENGTH, filled(_l("Give the passkey a name")))
    credential = HiddenField()
