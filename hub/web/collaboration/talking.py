"""The message that somebody writes in a conversation, with its files."""

from typing import BinaryIO, cast

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

from hub.collaboration.conversations.service import MOST_FILES
from hub.collaboration.models.conversation import MESSAGE_LENGTH
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.uploads import AcceptedFile, accept_file
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import filled, text_field
from hub.web.i18n import listed, translate
from hub.web.limits import UPLOADS, spend
from hub.web.runtime import runtime

NOT_TAKEN = N_("%(name)s cannot be sent. %(why)s")


class MessageForm(TracesForm):
    """A message and up to `MOST_FILES` files; browsers never keep chosen files while the rest is mended."""

    traced = ("words",)

    words = text_field(
        _l("Your message"), MESSAGE_LENGTH, filled(_l("Write what you want to say.")), area=True
    )
    files = MultipleFileField(_l("Files"))

    def ask_for_files(self) -> None:
        """Say at the field, where files were sent with a form that comes back, that they must be chosen again."""
        names = [each.filename or "" for each in _sent_files()]
        if names and not self.files.errors:
            words = translate(
                "Choose your files again when you have mended the rest: %(names)s. Browsers do not keep them.",
                names=listed(names),
            )
            self.files.errors = [words]


def accepted_files() -> tuple[AcceptedFile, ...]:
    """Check and keep the files that were sent; called before the transaction begins. The first bad one ends it.

    Raises:
        InvalidError: with field `files`, the name of the file and the cause; or there are too many.
        TooManyError: this member has sent too many files within an hour.
        UnavailableError: files cannot be kept at the moment.
    """
    sent = _sent_files()
    if len(sent) > MOST_FILES:
        raise InvalidError(N_("Send up to %(number)s files with one message."), "files", number=MOST_FILES)
    return tuple(_accepted(each) for each in sent)


def _accepted(sent: FileStorage) -> AcceptedFile:
    spend(UPLOADS)
    stream = cast("BinaryIO", sent.stream)
    try:
        return accept_file(runtime().settings.instance.absolute(), sent.filename or "", stream)
    except InvalidError as error:
        why = translate(error.message, **error.parameters)
        raise InvalidError(NOT_TAKEN, "files", name=sent.filename, why=why) from error


def _sent_files() -> list[FileStorage]:
    return [each for each in request.files.getlist("files") if each.filename]
