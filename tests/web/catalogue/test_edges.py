"""Small edges of the pages: caches, logs and floods of filters."""

import logging

from tests.catalogue.records import published


def test_a_missing_static_file_says_nothing_of_anybody(partner):
    answer = partner.get("/static/nope.css")
    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"
    assert "Sign out" not in answer.text


def test_only_so_many_values_of_one_filter_count(scene, new_client):
    published(scene)
    codes = [f"country={first}{second}" for first in "ABCDEFGHIJ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    answer = new_client().get("/innovations?" + "&".join(codes))
    assert answer.status_code == 200
    assert len(answer.data) < 200_000


def test_flasks_own_logger_is_silent(app, caplog):
    app.logger.error("would quote what somebody typed")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
