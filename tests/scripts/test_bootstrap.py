"""Set-up: done once, done again when it must be, never half done, and plain about what is missing."""

import importlib.util
import subprocess
import threading
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "bootstrap.py"


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout in a folder with a space in its name, whose `hub` prints a word."""
    root = tmp_path / "a checkout"
    (root / "hub" / "cli").mkdir(parents=True)
    (root / "hub" / "cli" / "__init__.py").write_text("def main():\n    print('served')\n")
    (root / "requirements").mkdir()
    for name in ("run", "postgres", "dev"):
        (root / "requirements" / f"{name}.txt").write_text(f"# {name}\n")
    return root


@pytest.fixture
def installed(bootstrap, monkeypatch) -> list[str]:
    """What was asked to be installed; nothing is fetched."""
    asked: list[str] = []
    monkeypatch.setattr(bootstrap, "install", lambda _environment, name: asked.append(name))
    return asked


def test_the_first_call_makes_a_command_that_runs(bootstrap, checkout, installed):
    assert bootstrap.set_up(checkout, "run")
    assert installed == ["run"]
    shown = subprocess.run([checkout / ".venv/bin/hub"], cwd="/", capture_output=True, text=True, check=True)
    assert shown.stdout == "served\n"


def test_the_second_call_does_nothing(bootstrap, checkout, installed):
    bootstrap.set_up(checkout, "run")
    assert not bootstrap.set_up(checkout, "run")
    assert installed == ["run"]


def test_the_set_of_the_tests_includes_what_runs(bootstrap, checkout, installed):
    bootstrap.set_up(checkout, "dev")
    assert not bootstrap.set_up(checkout, "run")
    assert installed == ["dev"]


def test_changed_requirements_are_installed_and_the_larger_set_is_asked_again(bootstrap, checkout, installed):
    bootstrap.set_up(checkout, "dev")
    (checkout / "requirements" / "run.txt").write_text("# newer\n")
    assert bootstrap.set_up(checkout, "run")
    assert bootstrap.set_up(checkout, "dev")
    assert installed == ["dev", "run", "dev"]


def test_an_interrupted_set_up_is_done_again(bootstrap, checkout, installed, monkeypatch):
    with monkeypatch.context() as stopped:
        stopped.setattr(bootstrap, "install", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            bootstrap.set_up(checkout, "run")
    assert bootstrap.set_up(checkout, "run")


def test_a_moved_checkout_is_linked_anew(bootstrap, checkout, installed):
    bootstrap.set_up(checkout, "run")
    moved = checkout.rename(checkout.with_name("moved"))
    assert bootstrap.set_up(moved, "run")
    assert subprocess.run([moved / ".venv/bin/hub"], capture_output=True, text=True, check=True).stdout


def test_an_environment_whose_python_is_gone_is_made_anew(bootstrap, checkout, installed):
    bootstrap.set_up(checkout, "run")
    (checkout / ".venv/bin/python").unlink()
    assert bootstrap.set_up(checkout, "run")
    assert (checkout / ".venv/bin/python").exists()


def test_two_calls_at_once_install_once(bootstrap, checkout, installed):
    calls = [threading.Thread(target=bootstrap.set_up, args=(checkout, "run")) for _ in range(2)]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert installed == ["run"]


def test_the_next_installer_is_tried_when_one_fails(bootstrap, checkout, monkeypatch, capsys):
    monkeypatch.setattr(
        bootstrap, "installers", lambda _environment: iter([("uv", ["false"]), ("pip", ["true"])])
    )
    bootstrap.set_up(checkout, "run")
    assert "uv did not succeed" in capsys.readouterr().out


def test_what_every_installer_said_is_shown_when_all_fail(bootstrap, checkout, monkeypatch):
    monkeypatch.setattr(
        bootstrap,
        "installers",
        lambda _environment: iter([("pip", ["sh", "-c", "echo no such wheel; exit 3"])]),
    )
    with pytest.raises(bootstrap.SetupError, match="exit code 3:\nno such wheel"):
        bootstrap.set_up(checkout, "run")


def test_the_package_to_install_is_named_when_there_is_no_installer(bootstrap, checkout, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    monkeypatch.setattr(bootstrap, "runs", lambda _command: False)
    with pytest.raises(bootstrap.SetupError, match="python3-venv"):
        bootstrap.set_up(checkout, "run")


def test_a_host_without_ensurepip_lends_its_pip(bootstrap, checkout, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    monkeypatch.setattr(bootstrap, "runs", lambda command: command[0] == "pip3")
    environment = bootstrap.Environment(checkout)
    tool, command = next(bootstrap.installers(environment))
    assert tool == "the host's pip"
    assert command[:3] == ["pip3", "--python", str(environment.python)]


def test_an_old_python_is_told_so(bootstrap):
    with pytest.raises(bootstrap.SetupError, match=r"needs Python 3\.11 or newer; this one is 3\.9"):
        bootstrap.check_python((3, 9))
