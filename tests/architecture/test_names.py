"""A name says what lives there; these say nothing."""

from pathlib import Path

from tests.architecture.sources import files, relative

SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "handler",
    "handlers",
    "misc",
    "common",
}


def test_no_file_or_folder_has_a_name_that_says_nothing():
    named = [
        relative(path)
        for folder in ("hub", "tests", "benchmarks", "scripts")
        for path in files(folder, ".py", ".html", ".css", ".js")
        for part in Path(relative(path)).parts
        if SAY_NOTHING & set(part.split(".")[0].split("_"))
    ]
    assert not named
