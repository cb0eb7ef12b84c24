"""What must be true of every page that a person passes."""

import json
from itertools import chain

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
    "reporter": "v2",
}
"""Contrast, which takes most of its time, is asked apart: of letters and grounds that nobody asked about yet."""

COLOURS = r"""() => {
  const known = new Map();
  const ground = element => {
    if (!element) return '';
    if (!known.has(element)) {
      const {backgroundColor, backgroundImage, opacity, filter, mixBlendMode} = getComputedStyle(element);
      const own = backgroundColor === 'rgba(0, 0, 0, 0)' ? '' : backgroundColor;
      const more = [backgroundImage, filter].filter(each => each !== 'none').join();
      const mixed = mixBlendMode === 'normal' ? '' : mixBlendMode;
      const layer = [own, more, opacity === '1' ? '' : opacity, mixed].join(' ');
      const below = /^rgb\(/.test(own) && layer.trim() === own ? '' : ground(element.parentElement);
      known.set(element, layer.trim() ? `${layer} / ${below}` : below);
    }
    return known.get(element);
  };
  const samples = {};
  for (const element of document.body.querySelectorAll('*')) {
    const told = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!told && !element.matches('input, textarea, select')) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || !element.checkVisibility({visibilityProperty: true})) continue;
    const {color, fontSize, fontWeight, textShadow, position} = getComputedStyle(element);
    const off = !!element.closest(':disabled, [aria-disabled=true]') || !!element.control?.disabled;
    const letters = [color, fontSize, fontWeight, textShadow, position, off, element.localName];
    (samples[[...letters, ground(element)].join(' | ')] ??= []).push(element);
  }
  return samples;
}"""
"""What is written on the page, by the colour of its letters and of all that lies below them."""

SAMPLES = 3
"""Of letters that look alike so many are asked about, for some may lie below something else."""

ASK = f"""async asked => {{
  const samples = ({COLOURS})(), isAsked = new Set(asked);
  const fresh = Object.entries(samples).filter(([key]) => !isAsked.has(key))
    .map(([key, all]) => [key, all.slice(0, {SAMPLES})]);
  const found = await axe.run(document, {json.dumps(RULES)});
  if (!fresh.length) return {{violations: found.violations, keys: []}};
  const contrast = await axe.run({{include: fresh.flatMap(([, all]) => all)}}, {{
    runOnly: {{type: 'rule', values: ['color-contrast']}}, resultTypes: ['violations', 'incomplete'], elementRef: true,
  }});
  const unsure = new Set(contrast.incomplete.flatMap(each => each.nodes.map(node => node.element)));
  const unreadable = contrast.incomplete.map(each => ({{...each,
    nodes: each.nodes.filter(node => node.any.some(check => check.data && check.data.contrastRatio === 1))
  }})).filter(each => each.nodes.length);
  const told = [...found.violations, ...contrast.violations, ...unreadable];
  return {{
    violations: told.map(each => ({{...each, nodes: each.nodes.map(({{target, html}}) => ({{target, html}}))}})),
    keys: fresh.filter(([, all]) => !all.some(each => unsure.has(each))).map(([key]) => key),
  }};
}}"""
"""Asks axe-core; unreadable are letters in the colour of their ground, of which axe itself is not sure."""

PARTS = r"""() => {
  const kept = /^(class|role|type|lang|dir|disabled|tabindex|style|scope|autocomplete|aria-(hidden|current|expanded))$/;
  const told = ({name, value}) => kept.test(name) ? `${name}=${value}` : value ? name : `no ${name}`;
  const targets = 'a, button, input, select, textarea, summary', names = new Map();
  const size = element => {
    const {width, height} = element.getBoundingClientRect();
    if (!width || !element.checkVisibility()) return 'unseen';
    return Math.min(width, height) < 24 && element.matches(targets) ? 'small' : '';
  };
  const named = element => {
    if (!element) return '';
    if (!names.has(element)) {
      const words = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) ? 'words' : '';
      const attributes = [...element.attributes].map(told).sort();
      names.set(element, [element.localName, ...attributes, size(element), words].join(' '));
    }
    return names.get(element);
  };
  const parts = [...document.querySelectorAll('*')].map(each => `${named(each.parentElement)} > ${named(each)}`);
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(each => each.checkVisibility());
  const levels = headings.map((each, place) => `${place ? headings[place - 1].localName : ''} + ${each.localName}`);
  return [...new Set([...parts, ...levels])];
}"""
"""What a page is made of: each kind of element within each other kind, seen or not, and each heading after another."""

LOOK = f"() => [({PARTS})(), Object.keys(({COLOURS})())]"

_sound: set[str] = set()

_contrasts: set[str] = set()

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
    """Return what axe-core holds against the page, as lines to read; not asked where all parts were without fault."""
    seen = set(chain(*page.evaluate(LOOK)))
    if seen <= _sound:
        return []
    page.evaluate(AXE.axe_script)
    answer = page.evaluate(ASK, sorted(_contrasts))
    found = [
        f"{each['id']} ({each['impact']}): {each['help']}: "
        + " | ".join(
            f"{' '.join(map(str, node['target']))} {node['html'][:160]}" for node in each["nodes"][:4]
        )
        for each in answer["violations"]
    ]
    if not found:
        _sound.update(seen)
        _contrasts.update(answer["keys"])
    return found


def misfits(page: Page) -> list[str]:
    """Return what makes the page scroll sideways, and texts that are squeezed into a few letters a line."""
    content, window = page.evaluate(WIDTHS)
    too_wide = [f"{content} px in {window} px", *page.evaluate(STICKING_OUT)] if content > window else []
    return [*too_wide, *page.evaluate(SQUEEZED)]
