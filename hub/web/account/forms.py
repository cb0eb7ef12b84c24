"""The form that signs somebody in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField

from hub.web.fields import filled, tidy

MAX_EMAIL = 254
"""RFC 5321, section 4.5.3.1, with the angle brackets left out."""

MAX_PASSWORD = 128


class SignInForm(FlaskForm):
    """E-mail address and password. Lengths are not judged: a wrong pair is a wrong pair."""

    email = StringField(
        _l("Email address"), filters=[tidy], validators=[filled(_l("Enter your email address"))]
    )
    password = PasswordField(_l("Password"), validators=[filled(_l("Enter your password"))])

    @property
    def is_plausible(self) -> bool:
        """Whether an account could have this pair; anything longer is not worth a hash."""
        return len(self.email.data) <= MAX_EMAIL and len(self.password.data) <= MAX_PASSWORD
