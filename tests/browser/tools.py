"""What browser tests ask of a page: no barriers (axe), no sideways scrolling, the keyboard alone, a picture."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from samlop.site.database import ROOT, var

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@functools.cache
def _axe_source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def bring_axe(page: Page) -> None:
    """Have axe-core in every page that is opened from now on, for a walk through many."""
    page.add_init_script(_axe_source())


def axe(page: Page) -> None:
    """Assert that axe-core finds no violation of WCAG 2.2 A and AA on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe_source())
    run = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
    found = page.evaluate(run, WCAG)["violations"]
    assert not found, f"{page.url} at {page.viewport_size}:\n" + "\n".join(map(_told, found))


def _told(violation: dict[str, Any]) -> str:
    nodes = "\n".join(
        f"    {node['html'][:200]}\n      {node['failureSummary'].replace(chr(10), ' ')}"
        for node in violation["nodes"][:5]
    )
    return f"- {violation['id']} ({violation['impact']}): {violation['help']}\n{nodes}"


def fits(page: Page) -> None:
    """Assert that nothing is wider than the window (WCAG 1.4.10), naming what is."""
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert not wide, f"{page.url} is wider than {page.viewport_size}:\n" + "\n".join(wide[-5:])


def walk(page: Page, longest: int = 200) -> list[str]:
    """Press Tab from the top of the page to its end; what had the focus, in order. Each must show that it has it."""
    page.evaluate("document.activeElement?.blur(); window.getSelection()?.removeAllRanges(); window.scrollTo(0, 0)")
    seen: list[str] = []
    for _ in range(longest):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement; if (!e || e === document.body) return null;
                const words = e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText || e.name || e.id;
                const ring = [e, e.closest('.ds-field')].some(x => x && getComputedStyle(x).outlineStyle !== 'none');
                return {words: words.trim().replace(/\\s+/g, ' '), ring, again: Boolean(e.dataset.walked),
                        at: (e.dataset.walked = '1')}; }"""
        )
        if stop is None or stop["again"]:
            return seen
        assert stop["ring"], f"{page.url}: «{stop['words']}» has the focus and does not show it"
        seen.append(stop["words"])
    raise AssertionError(f"{page.url}: no end after {longest} presses of Tab: {seen[-5:]}")


def picture(page: Page, name: str) -> Path:
    """A picture of the whole page in ``var/screenshots/<name>.png``, to look at."""
    folder = var() / "screenshots"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    return folder / f"{name}.png"
