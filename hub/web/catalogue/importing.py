"""Importing records from a file: taking it, what would become of each row, the drafts and their submission."""

import io
from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, lazy_gettext as _l

from hub.catalogue.batches.queries import (
    complete_count,
    imported_drafts,
    own_collections,
    own_runs,
    run_by_id,
)
from hub.catalogue.batches.service import MOST_SUBMITTED, begin_import, start_import, submit_batch
from hub.catalogue.models import ImportStatus, InnovationRevision
from hub.catalogue.permissions import can_import
from hub.core.database import transaction
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError, UnavailableError
from hub.core.i18n import N_
from hub.core.uploads import stored_file
from hub.interchange.columns import COLUMNS, Use
from hub.interchange.reading import FORMATS
from hub.interchange.report import Problem
from hub.interchange.writing import MEDIA_TYPES, template
from hub.web.access import members_only
from hub.web.catalogue.attaching import FileForm, accepted_file, show_refusal
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.choices import language_options, page_language
from hub.web.catalogue.parts import Part, part_of
from hub.web.fields import HTTP_INVALID, CodeField, filled
from hub.web.files import takes_file
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

SHOWN_DRAFTS = 50
"""The most drafts of a collection that the report lists."""


class ImportForm(FileForm):
    """A file of records, and the language of those that name none."""

    language = CodeField(
        _l("In which language are the texts?"),
        [filled(_l("Choose a language."))],
        choices=language_options,
        default=page_language,
    )


@dataclass(frozen=True)
class Collection:
    """Drafts of one collection.

    Args:
        source: scope and name.
        count: how many drafts it has.
        complete: how many of them lack nothing.
        drafts: the first of them, each with the parts that it lacks.
    """

    source: str
    count: int
    complete: int
    drafts: list[tuple[InnovationRevision, list[Part]]]

    @property
    def name(self) -> str:
        """The name without the scope."""
        return self.source.partition("/")[2]

    @property
    def lacking(self) -> list[Part]:
        """What the listed drafts lack, each part once."""
        return list(dict.fromkeys(part for _draft, missing in self.drafts for part in missing))


@catalogue.route("/import", methods=["GET", "POST"])
@members_only
@takes_file
def imports() -> ResponseReturnValue:
    """Explain, take a file, and have it checked."""
    if not can_import(viewer()):
        raise ForbiddenError(
            N_("Only focal points, representatives of organisations and coordinators import records.")
        )
    form = ImportForm()
    if not form.is_submitted():
        return _page(form)
    status = HTTP_INVALID
    if form.validate():
        try:
            return redirect(url_for("catalogue.import_run", public_id=_taken(form)), code=303)
        except (InvalidError, UnavailableError) as error:
            status = error.status
            show_refusal(form, error)
    form.ask_for_file()
    return _page(form), status


def _page(form: ImportForm) -> str:
    groups = [
        (heading, [column for column in COLUMNS if column.use in uses]) for heading, uses in _column_groups()
    ]
    return render_template(
        "catalogue/import.html", form=form, runs=own_runs(viewer()), groups=groups, formats=FORMATS
    )


def _column_groups() -> list[tuple[str, tuple[Use, ...]]]:
    return [
        (translate("Which record it is"), (Use.IDENTITY,)),
        (translate("Who may read it"), (Use.READERS,)),
        (translate("Texts"), (Use.PROSE,)),
        (translate("Everything else"), (Use.OWNER, Use.CONTENT)),
    ]


def _taken(form: ImportForm) -> str:
    """Keep the file that was sent and have it checked; return the id of the run.

    Raises:
        InvalidError: no file, or one that cannot be taken.
        UnavailableError: files cannot be kept at the moment.
    """
    accepted = accepted_file(FORMATS)
    if accepted is None:
        raise InvalidError(N_("Choose a file."), field="file")
    kind = accepted.filename.rpartition(".")[2].lower()
    with transaction():
        run = start_import(
            actor(), stored_file(accepted), format=kind, language=form.language.data, is_dry_run=True
        )
        return run.public_id


@catalogue.get("/import/<public_id>")
@members_only
def import_run(public_id: str) -> ResponseReturnValue:
    """Show how far an import has come, and in the end what became of each row."""
    run = run_by_id(public_id, viewer())
    is_over = run.status in (ImportStatus.FINISHED, ImportStatus.FAILED)
    return render_template(
        "catalogue/import_run.html",
        run=run,
        is_over=is_over,
        good=run.created + run.updated,
        problems=[Problem(**each) for each in run.problems],
        collections=_collections() if is_over and not run.is_dry_run else [],
        most=MOST_SUBMITTED,
    )


def _collections() -> list[Collection]:
    return [
        Collection(source, count, complete_count(viewer(), source), _first_drafts(source))
        for source, count in own_collections(viewer())
    ]


def _first_drafts(source: str) -> list[tuple[InnovationRevision, list[Part]]]:
    drafts = imported_drafts(viewer(), source, limit=SHOWN_DRAFTS)
    return [
        (draft, list(dict.fromkeys(part for name in draft.missing_parts if (part := part_of(name)))))
        for draft in drafts
    ]


@catalogue.post("/import/<public_id>/start")
@members_only
def start_import_run(public_id: str) -> ResponseReturnValue:
    """Import the good rows of a file that was checked; asked twice, it is done once."""
    checked = run_by_id(public_id, viewer())
    with transaction():
        begun = begin_import(actor(), checked).public_id
    return redirect(url_for("catalogue.import_run", public_id=begun), code=303)


@catalogue.post("/import/<public_id>/submit")
@members_only
def submit_import_run(public_id: str) -> ResponseReturnValue:
    """Send the complete drafts of one collection to the coordinators."""
    run = run_by_id(public_id, viewer())
    source = request.form.get("source", "")
    if source not in dict(own_collections(viewer())):
        raise NotFoundError
    try:
        with transaction():
            batches = submit_batch(actor(), source)
            count = sum(len(batch.revisions) for batch in batches)
    except InvalidError as error:
        flash(translate(error.message), "error")
    else:
        flash(
            translate(
                "Sent: %(number)s. A coordinator answers within 10 working days.",
                number=format_decimal(count),
            )
        )
    return redirect(url_for("catalogue.import_run", public_id=run.public_id), code=303)


@catalogue.get("/import/template.<format>")
@members_only
def import_template(format: str) -> Response:  # noqa: A002 - the field's own name
    """Send a file with every column and one example."""
    if format not in FORMATS:
        raise NotFoundError
    content = io.BytesIO("".join(template(format)).encode())
    return send_file(
        content, mimetype=MEDIA_TYPES[format], as_attachment=True, download_name=f"innovations.{format}"
    )
