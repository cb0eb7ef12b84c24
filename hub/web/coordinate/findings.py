"""What the hub checked by itself, in words, as `components/findings.html` lists it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import url_for

from hub.catalogue.review.checks import Finding, Level
from hub.web.catalogue.comparing import label_of
from hub.web.i18n import by_name, language_name, listed, translate


@dataclass(frozen=True)
class SaidFinding:
    """One line: its words, how much it matters, and a record to look at."""

    text: str
    level: Level
    href: str = ""
    link: str = ""


def said_findings(
    findings: Iterable[Finding], field_label: Callable[[str], str] = label_of
) -> list[SaidFinding]:
    """Return findings in words, those that matter most first.

    Args:
        findings: what was found.
        field_label: gives the words for the name of a field; those of a record's fields if not given.
    """
    order = [Level.WARN, Level.LOOK, Level.OK]
    found = sorted(findings, key=lambda each: order.index(each.level))
    return [_said(each, field_label) for each in found]


def _said(finding: Finding, field_label: Callable[[str], str]) -> SaidFinding:
    parameters = {name: _value(name, value) for name, value in finding.parameters.items()}
    text = translate(finding.message, **parameters)
    if finding.level is not Level.OK and "excerpts" in finding.parameters:
        places = listed(field_label(name) for name in finding.fields)
        text = translate("%(finding)s (in: %(places)s)", finding=text, places=places)
    href = url_for("catalogue.show", slug=finding.slug) if finding.slug else ""
    return SaidFinding(text, finding.level, href)


def _value(name: str, value: object) -> str:
    if name == "languages" and isinstance(value, tuple):
        return listed(by_name(language_name(code) for code in value))
    if name == "excerpts" and isinstance(value, tuple):
        return listed(translate("“%(words)s”", words=words) for words in value)
    return str(value)
