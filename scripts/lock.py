"""Write requirements/*.txt from pyproject.toml: every version pinned, every file hashed, no download address.

A maintainers' command (`make lock`); it needs uv. Standard library only.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
HEADER = """\
# {purpose}
# Made by `make lock` from pyproject.toml: do not edit. scripts/bootstrap.py installs it, checking the hashes.
"""
# The development set is resolved first and constrains the other, so that both name the same versions.
SETS: tuple[tuple[str, list[str], str], ...] = (
    ("dev", ["--extra", "postgres", "--extra", "dev"], "What the hub, its tests and its checks need."),
    (
        "postgres",
        ["--extra", "postgres", "--extra", "redis", "--extra", "tantivy"],
        "What the hub needs on PostgreSQL and Redis, with the search engine for large catalogues.",
    ),
    ("run", [], "What the hub needs to run."),
)


def find_uv() -> str:
    """Return the path of uv, from the virtual environment or from PATH.

    Raises:
        SystemExit: there is none.
    """
    beside = ROOT / ".venv" / "bin" / "uv"
    found = str(beside) if beside.exists() else shutil.which("uv")
    if not found:
        sys.exit("make lock needs uv. Install it into the project: .venv/bin/python -m pip install uv")
    return found


def compile_set(uv: str, name: str, extras: list[str], constraint: Path | None, *, upgrade: bool) -> str:
    """Return the lines of one requirements file.

    Args:
        uv: path of uv.
        name: name of the set; its present file keeps versions steady unless `upgrade`.
        extras: arguments that choose the extras of pyproject.toml.
        constraint: a requirements file whose versions must be kept.
        upgrade: take the newest versions that pyproject.toml admits.
    """
    command = [
        *(uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
        *("--output-file", f"requirements/{name}.txt", *extras),
    ]
    if constraint:
        command += ["--constraint", str(constraint.relative_to(ROOT)), "--no-annotate"]
    if upgrade or constraint:
        command.append("--upgrade")
    subprocess.run(command, cwd=ROOT, check=True)
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def main() -> None:
    """Resolve every set and write its file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions admitted")
    upgrade = parser.parse_args().upgrade
    uv = find_uv()
    FOLDER.mkdir(exist_ok=True)
    constraint = None
    for name, extras, purpose in SETS:
        text = compile_set(uv, name, extras, constraint, upgrade=upgrade)
        if "://" in text or "--index-url" in text:
            sys.exit(f"requirements/{name}.txt would hold a download address: look at the settings of uv.")
        (FOLDER / f"{name}.txt").write_text(HEADER.format(purpose=purpose) + text, encoding="utf-8")
        print(f"requirements/{name}.txt: {sum('==' in line for line in text.splitlines())} packages")
        constraint = constraint or FOLDER / f"{name}.txt"


if __name__ == "__main__":
    main()
