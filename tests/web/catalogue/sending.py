"""Sends forms with files the way a browser does, and reads what comes back: faults, and what was typed."""

import io

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.web.client import parse, words


def send(browser, path, fields=None, file=None):
    """POST a form of several parts; `file` is (name, content)."""
    data = {**(fields or {}), "csrf_token": browser.token()}
    if file is not None:
        data["file"] = FileStorage(io.BytesIO(file[1]), file[0])
    boundary, body = encode_multipart(data)
    return browser.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def faults_of(answer):
    """Return what the summary on top says, by the field that it links to."""
    main = parse(answer.text).find(".//main")
    summary = [each for each in main.iter("div") if each.get("class") == "govuk-error-summary"]
    links = summary[0].iter("a") if summary else ()
    return {link.get("href").removeprefix("#"): words(link) for link in links}


def typed_in(answer):
    """Return every value that the fields of a page hold, choices too."""
    page = parse(answer.text)
    values = {field.get("value") or "" for field in page.iter("input") if _is_kept(field)}
    values |= {option.get("value") for option in page.iter("option") if option.get("selected") is not None}
    return values | {(field.text or "").removeprefix("\n") for field in page.iter("textarea")}


def _is_kept(field):
    return field.get("type") not in {"radio", "checkbox"} or field.get("checked") is not None
