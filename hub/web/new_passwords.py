"""The form in which somebody chooses a password, and its hash, made before the transaction that stores it."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField

from hub.core.passwords import check_new_password, hash_password
from hub.web.fields import HubForm, filled


class NewPasswordForm(HubForm):
    """A password that somebody chooses; typed once, since it can be shown."""

    password = PasswordField(_l("New password"), validators=[filled(_l("Choose a password."))])

    def hashed(self, *about: str | None) -> str:
        """Return the hash of what was chosen; slow, and so never inside a transaction.

        Args:
            about: names that others know, such as the e-mail address and the display name.

        Raises:
            InvalidError: it is too short, too long or easy to guess; names the field.
            UnavailableError: too many hashes are being computed.
        """
        check_new_password(self.password.data, [each for each in about if each])
        return hash_password(self.password.data)
