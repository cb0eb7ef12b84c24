"""The guide to importing names every column, as the code has them."""

from pathlib import Path

from hub.catalogue.models import InnovationDetails
from hub.catalogue.models.content import TEXT_FIELDS
from hub.interchange.columns import BY_NAME, COLUMNS, CONTENT_COLUMNS, Use

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "importing.md"

ELSEWHERE = {"organisation_id", "organisation_name", "readership"}
"""Fields that rows say in columns of other names."""


def table():
    """Return the table of the guide."""
    lines = ["| Column | What to write | Example |", "|---|---|---|"]
    for column in COLUMNS:
        about = column.about
        if column.codes:
            about += " Codes: " + ", ".join(f"`{code}`" for code in column.codes) + "."
        example = f"`{column.example}`" if column.example else ""
        lines.append(
            "| "
            + " | ".join(cell.replace("|", "\\|") for cell in (f"`{column.name}`", about, example))
            + " |"
        )
    return "\n".join(lines)


def test_the_guide_names_every_column():
    assert table() in GUIDE.read_text(encoding="utf-8"), f"the table has to be:\n{table()}"


def test_every_field_of_a_record_has_a_column():
    fields = set(InnovationDetails.__dataclass_fields__) - ELSEWHERE
    assert {column.name for column in CONTENT_COLUMNS} == fields
    assert {column.name for column in COLUMNS if column.use is Use.PROSE} == set(TEXT_FIELDS)


def test_column_names_are_unique():
    assert len(BY_NAME) == len(COLUMNS)


def test_every_example_is_read():
    for column in COLUMNS:
        assert column.shape.from_cell(column.example) or not column.example
