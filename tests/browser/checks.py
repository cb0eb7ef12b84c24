"""What must be true of every page that a person passes."""

import json

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
    "reporter": "v2",
}

UNREADABLE = """found.incomplete.filter(each => each.id === 'color-contrast').map(each => ({...each,
  nodes: each.nodes.filter(node => node.any.some(check => check.data && check.data.contrastRatio === 1))
})).filter(each => each.nodes.length)"""
"""What axe leaves open although nobody can read it: letters in the colour of their ground."""

RUN = f"axe.run(document, {json.dumps(RULES)}).then(found => [...found.violations, ...{UNREADABLE}])"

SHAPE = r"""() => {
  const plain = words => words.replace(/[\w-]{16,}|\d+/g, '#');
  const kept = /^(class|role|type|lang|dir|hidden|disabled|open|tabindex|style)$/, named = /^(id|for|aria-.*)$/;
  const told = ({name, value}) => name + '=' + (kept.test(name) ? value : named.test(name) ? plain(value) : !!value);
  const part = node => node.nodeType === 1 ? shape(node) : node.nodeType === 3 && node.data.trim() ? '.' : '';
  const shape = element => {
    const parts = [...element.childNodes].map(part).filter(Boolean);
    const unlike = parts.filter((each, place) => each !== parts[place - 1]);
    return `${element.localName}[${[...element.attributes].map(told).sort()}](${unlike.join('')})`;
  };
  return `${innerWidth} ${shape(document.documentElement)}`;
}"""
"""What a page is made of, without its words, and with what is alike side by side told once."""

_asked: set[str] = set()

WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

STICKING_OUT = """() => [...document.body.querySelectorAll('*')].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !each.closest('.govuk-visually-hidden, .sr');
}).slice(0, 8).map(each => each.tagName + '.' + each.className)"""

SQUEEZED = """() => [...document.querySelectorAll('main :is(h1, h2, p, textarea)')].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width > 1 && box.width < 80 && box.height > 4 * box.width;
}).slice(0, 8).map(each => each.tagName + '.' + each.className)"""


def barriers(page: Page) -> list[str]:
    """Return what axe-core holds against the page, as lines to read; of pages made alike it is asked once."""
    shape = page.evaluate(SHAPE)
    if shape in _asked:
        return []
    page.evaluate(AXE.axe_script)
    found = [
        f"{each['id']} ({each['impact']}): {each['help']}: "
        + " | ".join(
            f"{' '.join(map(str, node['target']))} {node['html'][:160]}" for node in each["nodes"][:4]
        )
        for each in page.evaluate(RUN)
    ]
    if not found:
        _asked.add(shape)
    return found


def misfits(page: Page) -> list[str]:
    """Return what makes the page scroll sideways, and texts that are squeezed into a few letters a line."""
    content, window = page.evaluate(WIDTHS)
    too_wide = [f"{content} px in {window} px", *page.evaluate(STICKING_OUT)] if content > window else []
    return [*too_wide, *page.evaluate(SQUEEZED)]
