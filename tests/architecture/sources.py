"""The files of this checkout, as the architecture tests read them."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "hub" / "static" / "vendor"
# What set-up, tools and a running hub leave in a checkout; nothing of it is committed.
LEFT_BEHIND = {"__pycache__", "build", "dist", "htmlcov", "instance", "node_modules", "test-results"}


def relative(path: Path) -> str:
    """Return the path as a person names it."""
    return path.relative_to(ROOT).as_posix()


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name in LEFT_BEHIND or path.suffix == ".egg-info":
            continue
        if path.is_dir():
            if not path.name.startswith(".") or path.name == ".ci":
                yield from _walk(path)
        elif path.name != ".git":
            yield path


@cache
def every_file() -> tuple[Path, ...]:
    """Return every file that is, or could be, committed."""
    return tuple(_walk(ROOT))


def files(folder: str, *suffixes: str) -> list[Path]:
    """Return the files below a folder that end so, without what others wrote (vendor)."""
    start = ROOT / folder
    return [
        path
        for path in every_file()
        if start in path.parents and path.suffix in suffixes and VENDOR not in path.parents
    ]


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def imports_of(path: Path) -> list[str]:
    """Return the modules that a Python file takes something from."""
    taken = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            taken += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            taken.append(node.module or "")
    return taken
