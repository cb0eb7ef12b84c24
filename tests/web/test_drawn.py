"""Parts of pages that are drawn once: in each language its own, and escaped."""

from hub.web.drawn import drawn, pen

COUNT = ("finding/boxes.html", "count")


def in_french(app):
    return app.test_request_context(headers={"Accept-Language": "fr"})


def test_a_part_is_drawn_once_in_each_language(app):
    with app.test_request_context():
        english = drawn(*COUNT, 2)
        assert "results" in english
    with in_french(app):
        french = drawn(*COUNT, 2)
        assert "résultats" in french
        assert pen(*COUNT)(2) is french
    with app.test_request_context():
        assert drawn(*COUNT, 2) is english


def test_what_is_drawn_is_escaped(app):
    with app.test_request_context():
        part = drawn("components/readiness.html", "fit", "ready", "<b>Ready</b>")
        assert "&lt;b&gt;Ready&lt;/b&gt;" in part
