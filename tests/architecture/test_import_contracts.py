"""The two import contracts of pyproject.toml hold, and the second one names every package it must."""

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.sources import ROOT, project


def _contract(name: str) -> dict:
    return next(one for one in project()["tool"]["importlinter"]["contracts"] if one["id"] == name)


def _layers() -> list[list[str]]:
    return [[part.strip(" ()") for part in layer.split("|")] for layer in _contract("layers")["layers"]]


def test_every_import_keeps_the_contracts(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_package_below_mail_is_kept_from_http_and_forms():
    layers = _layers()
    below = {name for layer in layers[layers.index(["mail"]) + 1 :] for name in layer}
    built = {
        path.stem
        for path in (ROOT / "hub").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert set(_contract("no-delivery-below-mail")["source_modules"]) == {
        f"hub.{name}" for name in below & built
    }


@pytest.mark.parametrize(
    ("upper", "lower"), [("web", "catalogue"), ("catalogue", "members"), ("audit", "core")]
)
def test_the_layers_stand_in_the_agreed_order(upper, lower):
    order = [name for layer in _layers() for name in layer]
    assert order.index(upper) < order.index(lower)
