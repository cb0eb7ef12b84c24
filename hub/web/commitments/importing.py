"""Importing commitments from a table: what would become of each row, then entering the good ones."""

import io

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l, ngettext
from wtforms import HiddenField

from hub.access.viewer import Role
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.interchange.commitments import commitment_template, import_file, read_commitments
from hub.interchange.reading import MARKS, UnreadableError
from hub.interchange.report import Report
from hub.web.access import confirmed, role
from hub.web.catalogue.attaching import FILE, FileForm
from hub.web.commitments.blueprint import commitments
from hub.web.fields import HTTP_INVALID, CodeField
from hub.web.files import sent_file, takes_file
from hub.web.i18n import translate
from hub.web.limits import UPLOADS, spend
from hub.web.sessions import actor

MOST_BYTES = 2_000_000
"""The largest table that is taken: the page with its problems carries it on."""

TOO_LARGE = N_("This table has more than 2 MB. Divide it and send the parts one by one.")
NO_FILE = N_("Choose a file.")
EMPTY = N_("This file is empty.")

DRAFT, PUBLISHED = "draft", "published"


def afterwards() -> list[tuple[str, str]]:
    """Return what may become of the good rows."""
    return [
        (DRAFT, translate("Drafts, which only those who keep them see")),
        (PUBLISHED, translate("Published at once")),
    ]


class ImportForm(FileForm):
    """A table of commitments; `text` is one that was read already, so that nobody chooses it twice."""

    then = CodeField(_l("What becomes of the good rows?"), choices=afterwards, default=DRAFT)
    text = HiddenField()

    @property
    def content(self) -> bytes:
        """The table that was sent with this form, or read before.

        Raises:
            InvalidError: there is none, or it is empty or too large.
        """
        sent = sent_file(FILE)
        # browsers send the line ends of a text as CRLF, whatever they were
        kept = (self.text.data or "").replace("\r\n", "\n").encode()
        data = kept if sent is None else sent.stream.read(MOST_BYTES + 1)
        if not data:
            raise InvalidError(NO_FILE if sent is None else EMPTY, field=FILE)
        if len(data) > MOST_BYTES:
            raise InvalidError(TOO_LARGE, field=FILE)
        return data


@commitments.route("/import", methods=["GET", "POST"])
@role(Role.COORDINATOR, Role.FOCAL_POINT)
@takes_file
def imports() -> ResponseReturnValue:
    """Take a table of commitments, and say what would become of each row; nothing is changed yet."""
    form = ImportForm()
    if not form.is_submitted():
        return _page(form)
    if form.validate():
        spend(UPLOADS)
        try:
            content = form.content
            report = _run(content, form, is_dry_run=True)
        except (InvalidError, UnreadableError) as error:
            refuse(form, error)
        else:
            return _checked_page(form, content, report)
    form.ask_for_file()
    return _page(form), HTTP_INVALID


@commitments.post("/import/confirm")
@role(Role.COORDINATOR, Role.FOCAL_POINT)
@confirmed
@takes_file
def confirm_import() -> ResponseReturnValue:
    """Enter the good rows of a table that was checked; what is there already stays as it is."""
    form = ImportForm()
    if form.validate():
        try:
            content = form.content
            report = _run(content, form, is_dry_run=False)
        except (InvalidError, UnreadableError) as error:
            refuse(form, error)
        else:
            flash(
                ngettext(
                    "%(num)s commitment was entered.", "%(num)s commitments were entered.", report.created
                )
            )
            if not report.rejected:
                return redirect(url_for("commitments.mine"), code=303)
            return _checked_page(form, content, report, is_done=True)
    return _page(form), HTTP_INVALID


@commitments.get("/import/template.csv")
@role(Role.COORDINATOR, Role.FOCAL_POINT)
def import_template() -> Response:
    """Send a table with every column and one example."""
    content = io.BytesIO("".join(commitment_template()).encode())
    return send_file(content, mimetype="text/csv", as_attachment=True, download_name="commitments.csv")


def refuse(form: ImportForm, error: InvalidError | UnreadableError) -> None:
    """Say at the file why the table cannot be read, or at its field what else is wrong."""
    if isinstance(error, UnreadableError):
        error = InvalidError(error.message, field=FILE, **error.parameters)
    form.refuse(error)


def _run(content: bytes, form: ImportForm, *, is_dry_run: bool) -> Report:
    return import_file(
        actor(), read_commitments(content), publish=form.then.data == PUBLISHED, is_dry_run=is_dry_run
    )


def _text_of(content: bytes) -> str:
    """Return a table that could be read as text, to be sent again when it is confirmed."""
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    return content.decode(encoding)


def _page(form: ImportForm) -> str:
    return render_template("commitments/import.html", form=form)


def _checked_page(form: ImportForm, content: bytes, report: Report, *, is_done: bool = False) -> str:
    return render_template(
        "commitments/import_checked.html",
        form=form,
        report=report,
        text=_text_of(content),
        then=dict(afterwards())[form.then.data or DRAFT],
        is_done=is_done,
    )
