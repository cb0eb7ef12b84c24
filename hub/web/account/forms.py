"""The form that signs somebody in."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField

from hub.core.passwords import MAX_LENGTH
from hub.members.models import EMAIL_LENGTH
from hub.web.fields import HubForm, filled, tidy


class SignInForm(HubForm):
    """E-mail address and password. Lengths are not judged: a wrong pair is a wrong pair."""

    email = StringField(
        _l("Email address"), filters=[tidy], validators=[filled(_l("Enter your email address"))]
    )
    password = PasswordField(_l("Password"), validators=[filled(_l("Enter your password"))])

    @property
    def is_plausible(self) -> bool:
        """Whether an account could have this pair; anything longer is not worth a hash."""
        return len(self.email.data) <= EMAIL_LENGTH and len(self.password.data) <= MAX_LENGTH
