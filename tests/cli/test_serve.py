"""`hub serve`: what it refuses before anything listens, and a worker that begins and ends with it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from hub.cli.demo.command import demo
from hub.cli.serve import serve
from hub.core.database import make_engine, session_scope
from tests.cli.findings import LOCAL, PUBLIC
from tests.factories import make_member

ROOT = Path(__file__).parents[2]
HUB = [sys.executable, "-c", "from hub.cli import main; main()"]
PATIENCE = 60


@pytest.fixture(autouse=True)
def surroundings(instance):
    """An environment in which nothing but the instance is set; what the commands add to it goes after the test."""
    before = dict(os.environ)
    for name in before:
        if name.startswith("HUB_") or name == "FLASK_DEBUG":
            del os.environ[name]
    os.environ["HUB_INSTANCE"] = str(instance)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def served(monkeypatch):
    """Note with which settings a server would have been started, instead of starting one."""
    begun = []

    class Server:
        def __init__(self, target, **options):
            begun.append(options)

        def serve(self):
            pass

    # the package knows the command by the same name as its module
    monkeypatch.setattr(sys.modules["hub.cli.serve"], "Server", Server)
    return begun


def run(command, *arguments, **variables):
    return CliRunner().invoke(command, arguments, env=variables)


def test_a_hub_in_order_is_served(prepared, served):
    result = run(serve, HUB_BASE_URL=LOCAL)
    assert (result.exit_code, len(served)) == (0, 1)


DANGERS = {
    "no base URL": ({}, "HUB_BASE_URL is not set."),
    "an empty base URL": ({"HUB_BASE_URL": ""}, "HUB_BASE_URL is not set."),
    "http for others": ({"HUB_BASE_URL": "http://hub.example.org"}, "unencrypted"),
    "no address": ({"HUB_BASE_URL": "hub.example.org"}, "is no web address"),
    "Flask's debug mode": ({"HUB_BASE_URL": PUBLIC, "FLASK_DEBUG": "1"}, "Debug mode is on (FLASK_DEBUG)"),
    "our debug mode": ({"HUB_BASE_URL": PUBLIC, "HUB_DEBUG": "true"}, "Debug mode is on (HUB_DEBUG)"),
    "demo mode": ({"HUB_BASE_URL": PUBLIC, "HUB_DEMO": "1"}, "HUB_DEMO is on"),
    "no limits": ({"HUB_BASE_URL": PUBLIC, "HUB_LIMITS": "off"}, "HUB_LIMITS=off is for benchmarks"),
}


@pytest.mark.parametrize(("variables", "words"), DANGERS.values(), ids=DANGERS)
def test_what_is_dangerous_is_refused(prepared, served, variables, words):
    result = run(serve, **variables)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert len(result.stderr.splitlines()) == 1
    assert served == []


def test_a_missing_base_url_says_what_to_set(prepared, served):
    assert "HUB_BASE_URL=http://localhost:8123 for this machine" in run(serve, "--port", "8123").stderr


def test_a_known_secret_is_refused_everywhere(prepared, served):
    (prepared.instance / "secret-key").write_text("changeme", encoding="ascii")
    for address in (LOCAL, PUBLIC):
        result = run(serve, HUB_BASE_URL=address)
        assert (result.exit_code, served) == (1, [])
        assert "secret key" in result.stderr


def test_fictional_people_are_refused_where_others_come(prepared, served):
    engine = make_engine(prepared.database_address)
    with session_scope(engine):
        make_member("admin@demo.example")
    engine.dispose()
    result = run(serve, HUB_BASE_URL=PUBLIC)
    assert (result.exit_code, served) == (1, [])
    assert "1 fictional accounts" in result.stderr
    assert run(serve, HUB_BASE_URL=LOCAL).exit_code == 0


def test_each_danger_has_its_sentence(prepared, served):
    (prepared.instance / "secret-key").write_text("changeme", encoding="ascii")
    result = run(serve, HUB_BASE_URL=PUBLIC, FLASK_DEBUG="1", HUB_DEMO="1")
    assert len(result.stderr.splitlines()) == 3


def test_a_database_that_is_away_is_no_reason_not_to_start(prepared, served):
    (prepared.instance / "hub.sqlite").unlink()
    assert run(serve, HUB_BASE_URL=PUBLIC).exit_code == 0
    assert not (prepared.instance / "hub.sqlite").exists()


def test_the_command_line_stands_above_the_environment(prepared, served):
    run(serve, "--port", "8123", "--workers", "3", HUB_BASE_URL=LOCAL, HUB_PORT="8124", HUB_WORKERS="2")
    assert (served[0]["port"], served[0]["workers"]) == (8123, 3)


def test_a_demonstration_for_others_is_refused_before_anything_is_made(instance, served):
    result = run(demo, HUB_BASE_URL=PUBLIC, HUB_DEMO="")
    assert result.exit_code == 1
    assert "HUB_DEMO is on" in result.stderr
    assert list(instance.iterdir()) == []


def test_another_server_is_refused_the_same(prepared):
    environment = {**os.environ, "HUB_BASE_URL": PUBLIC, "FLASK_DEBUG": "1"}
    result = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith("RuntimeError: Debug mode is on (FLASK_DEBUG)")


# --- with a worker ---


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid):
    """Return the process ids below `pid`."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            children = [int(each) for each in path.read_text(encoding="ascii").split()]
            found += [*children, *(below for child in children for below in descendants(child))]
    return found


def is_worker(pid):
    return b"worker\0--while" in Path(f"/proc/{pid}/cmdline").read_bytes()


def is_alive(pid):
    """Whether the process runs; one that has ended and was not waited for does not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until(condition, patience=PATIENCE):
    until = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


@contextmanager
def hub_with_worker(tmp_path):
    """Run `hub serve --with-worker` until it is ready; yield it and the processes below it."""
    port = free_port()
    environment = {**os.environ, "HUB_BASE_URL": f"http://localhost:{port}", "HUB_PORT": str(port)}
    everybody = []
    with (
        (tmp_path / "serve.log").open("wb") as log,
        subprocess.Popen(
            [*HUB, "serve", "--with-worker"], cwd=ROOT, env=environment, stdout=log, stderr=log
        ) as process,
    ):

        def is_ready():
            assert process.poll() is None, (tmp_path / "serve.log").read_text(encoding="utf-8")
            with (
                suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer,
            ):
                return answer.status == 200
            return False

        try:
            wait_until(is_ready)
            everybody += descendants(process.pid)
            yield process, everybody
        finally:
            for pid in (process.pid, *everybody):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the processes")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_beside_the_server_ends_with_it(prepared, tmp_path, number):
    with hub_with_worker(tmp_path) as (process, everybody):
        assert len([pid for pid in everybody if is_worker(pid)]) == 1
        process.send_signal(number)
        process.wait(30)
        assert process.returncode == 0
        assert [pid for pid in everybody if is_alive(pid)] == []
    assert "worker stopped" in (tmp_path / "serve.log").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the processes")
def test_a_worker_beside_the_server_ends_even_if_the_server_is_killed(prepared, tmp_path):
    with hub_with_worker(tmp_path) as (process, everybody):
        worker = next(pid for pid in everybody if is_worker(pid))
        process.kill()
        wait_until(lambda: not is_alive(worker), 20)
