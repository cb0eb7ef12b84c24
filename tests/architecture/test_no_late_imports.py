"""Imports stand at the top of a file, where a reader and the layer contract see them."""

import ast

from tests.architecture.sources import ROOT, files, relative, tree


def test_no_function_of_the_hub_imports():
    late = [
        f"{relative(path)}:{inner.lineno}"
        for path in files("hub", ".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not late


def test_the_package_itself_holds_a_docstring_only():
    body = tree(ROOT / "hub" / "__init__.py").body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
