"""The pictures of README and docs, taken of the running demo.

    make run PORT=8000                                     in one terminal, with a fresh demo
    .venv/bin/python tools/pictures.py [http://127.0.0.1:8000]

Writes docs/pictures/*.png. Only the demo's invented people are in them.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
LARGEST = 200_000  # bytes, so that a clone stays small
SCREEN, PHONE = (1280, 900), (390, 844)
PARTICIPANT = "mine:"
"""An address in the participant's own case; the other addresses with «first:» are in the adviser's first case."""

PICTURES: list[tuple[str, str, str, tuple[int, int]]] = [
    ("min-dag", "radgiver", "/", SCREEN),
    ("deltakere", "radgiver", "/deltakere/?hvem=mine", SCREEN),
    ("saken", "radgiver", "first:", SCREEN),
    ("planen", "radgiver", "first:plan/", SCREEN),
    ("linje", "radgiver", "first:plan/linje/", SCREEN),
    ("overforing", "radgiver", "first:overforing/", SCREEN),
    ("hvem-ser-hva", "radgiver", "first:innsyn/", SCREEN),
    ("innsats", "leder", "/innsats/", SCREEN),
    ("uke", "radgiver", "first:uke/", SCREEN),
    ("stonad", "leder", "/stonad/2026-10/", SCREEN),
    ("aarskalender", "leder", "/kommune/aar/2026/", SCREEN),
    ("utbetaling-mobil", "deltaker", "/min-side/utbetaling/", PHONE),
    ("min-side-mobil", "deltaker", "/min-side/", PHONE),
    ("linje-mobil", "deltaker", f"{PARTICIPANT}plan/linje/", PHONE),
]
"""Name, demo user, address, size of the window."""


def main(arguments: list[str]) -> int:
    """Take every picture; 1 when one is too large."""
    address = arguments[0] if arguments else "http://127.0.0.1:8000"
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    FOLDER.mkdir(parents=True, exist_ok=True)
    too_large = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, user, where, size in PICTURES:
            path = FOLDER / f"{name}.png"
            take(browser, address, user, where, size, path)
            print(f"{path.stat().st_size:>8} {path.name}")
            if path.stat().st_size > LARGEST:
                too_large.append(name)
        browser.close()
    if too_large:
        print(f"Larger than {LARGEST} bytes: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


def take(browser: Browser, address: str, user: str, where: str, size: tuple[int, int], path: Path) -> None:
    """One picture of what the window shows first, without the demo's banner."""
    context = browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, locale="nb-NO", timezone_id="Europe/Oslo"
    )
    page = context.new_page()
    page.goto("/logg-inn/")
    page.locator(f"form[action='/logg-inn/demo/{user}/'] button").click()
    page.goto(resolved(page, where))
    page.evaluate("document.querySelector('.demo-banner')?.remove()")
    page.screenshot(path=path)
    context.close()


def resolved(page: Page, where: str) -> str:
    """The address; «first:» and «mine:» become the case's."""
    if where.startswith("first:"):
        page.goto("/deltakere/?hvem=mine")
        return str(page.locator("table a[href^='/sak/']").first.get_attribute("href")) + where.removeprefix("first:")
    if where.startswith(PARTICIPANT):
        page.goto("/min-side/")
        return str(page.locator("a[href^='/sak/']").last.get_attribute("href")) + where.removeprefix(PARTICIPANT)
    return where


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
