"""Liveness and readiness."""

from datetime import timedelta

import pytest
import time_machine

from hub.core.clock import now
from hub.core.database import make_engine, transaction
from hub.core.heartbeats import WORKER, beat
from hub.core.outbox import queue_mail

pytestmark = pytest.mark.db


def test_a_process_says_that_it_lives_without_asking_the_database(client, app, monkeypatch):
    monkeypatch.setattr(app.extensions["hub"], "bind", make_engine("sqlite:////no/such/folder/hub.sqlite"))
    assert client.get("/healthz").text == "ok\n"


def test_ready_means_database_index_and_worker(client, database):
    with transaction():
        beat(WORKER)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["database"] is True
    assert answer.json["index_lag"] == 0
    assert answer.json["mail_waiting"] == 0
    assert 0 <= answer.json["worker_heartbeat_age"] < 10


def test_mails_that_wait_are_counted_and_do_not_make_the_hub_unready(client, database):
    with time_machine.travel(now() - timedelta(minutes=11), tick=False), transaction():
        queue_mail("has_account", address="ana@test.example", language="en-GB")
    with transaction():
        queue_mail("has_account", address="ana@test.example", language="en-GB")
        beat(WORKER)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["mail_waiting"] == 1


def test_without_a_worker_the_hub_is_not_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["worker_heartbeat_age"] is None


def test_without_a_database_the_hub_is_not_ready(client, app, monkeypatch):
    monkeypatch.setattr(app.extensions["hub"], "bind", make_engine("sqlite:////no/such/folder/hub.sqlite"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["database"] is False
    assert answer.json["mail_waiting"] is None
