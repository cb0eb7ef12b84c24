"""The columns that selects of names of things share."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, literal, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.audience import Tlp
from hub.access.viewer import Viewer

Names = Select[*tuple[Any, ...]]

Expression = ColumnElement[Any] | InstrumentedAttribute[Any]

Namer = Callable[[list[str], Viewer], Names]
"""Returns the select of what some things are called, by their keys, to one viewer."""


def named(
    subject: ColumnElement[str],
    kind: str,
    key: Expression,
    title: Expression,
    **more: Expression,
) -> Names:
    """Return a select of the columns that all kinds of things share."""
    clear = literal(Tlp.CLEAR.value, String)
    return select(
        subject.label("subject"),
        literal(kind, String).label("kind"),
        key.label("key"),
        title.label("title"),
        more.get("language", cast(null(), String)).label("language"),
        more.get("is_source", literal(1)).label("is_source"),
        more.get("tlp", clear).label("tlp"),
        more.get("also_tlp", clear).label("also_tlp"),
    )


def subject_of(kind: str, key: Expression) -> ColumnElement[str]:
    """Return how the audit log names a thing."""
    return literal(f"{kind}:", String).concat(key)


def strictest(*labels: Expression) -> ColumnElement[str]:
    """Return the strictest of some labels."""
    order = [tlp for tlp in reversed(Tlp) if tlp is not Tlp.CLEAR]
    held = [(or_(*(label == tlp for label in labels)), literal(tlp.value, String)) for tlp in order]
    return case(*held, else_=literal(Tlp.CLEAR.value, String))
