"""Forms that take a file beside what is typed, and what services refuse, shown at a form."""

from collections.abc import Collection
from typing import BinaryIO, cast

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from hub.core.errors import HubError, InvalidError
from hub.core.kinds import DOCUMENTS
from hub.core.uploads import AcceptedFile, accept_file
from hub.web.fields import HubForm
from hub.web.files import sent_file
from hub.web.i18n import translate
from hub.web.limits import UPLOADS, spend
from hub.web.runtime import runtime

FILE = "file"
"""The name of the field, here and in the errors of `hub.core.uploads`."""


class FileForm(HubForm):
    """A form with one file; browsers never keep a chosen file while the rest is mended."""

    file = FileField(_l("File"))

    def ask_for_file(self) -> None:
        """Say at the field, where a file was sent with a form that comes back, that it must be chosen again."""
        sent = sent_file(FILE)
        if sent is not None and not self.file.errors:
            words = translate(
                "Choose the file %(name)s again when you have mended the rest. Browsers do not keep it.",
                name=sent.filename,
            )
            self.file.errors = [words]


def show_refusal(form: HubForm, error: HubError) -> None:
    """Show the words of `error` at the field at fault, or on top of the form where it names none."""
    if isinstance(error, InvalidError):
        form.refuse(error)
    else:
        form.form_errors.append(translate(error.message, **error.parameters))


def accepted_file(kinds: Collection[str] = DOCUMENTS) -> AcceptedFile | None:
    """Check and keep the file that was sent, if one was; called before the transaction begins.

    Args:
        kinds: extensions that are taken.

    Raises:
        InvalidError: with field `file` and the cause.
        TooManyError: this member has sent too many files within an hour.
        UnavailableError: files cannot be kept at the moment.
    """
    sent = sent_file(FILE)
    if sent is None:
        return None
    spend(UPLOADS)
    stream = cast("BinaryIO", sent.stream)
    return accept_file(runtime().settings.instance.absolute(), sent.filename or "", stream, kinds)
