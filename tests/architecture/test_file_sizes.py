"""No file grows into a giant: whoever opens one reads it whole."""

from tests.architecture.sources import files, relative

LIMIT = 400


def test_no_file_is_longer_than_the_limit():
    giants = {
        relative(path): lines
        for folder in ("hub", "tests", "benchmarks", "scripts")
        for path in files(folder, ".py", ".html", ".css", ".js")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LIMIT
    }
    assert not giants, f"split by thing, never by number: {giants}"
