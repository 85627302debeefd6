"""One Chromium for all browser tests, and pages in it: signed in or not, wide or narrow, with scripts or without."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from samlop.people.models import User
from samlop.site import static_build

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; started once."""
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is missing. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path.")
    static_build.main(["--dev"])
    # Playwright keeps an event loop in this thread; the database is still used by one thread at a time.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, env={**os.environ, "HOME": home})
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: object) -> Iterator[OpenPage]:
    """``open_page("/stil/", user=…, width=320, script=False, language="nn")`` – a page, signed in as the user.

    Each call is a browser of its own (own cookies). When the test ends, anything a page has complained about – an error
    in a script, something the content security policy stopped, a file that is not there – fails it.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        path: str, *, user: User | None = None, width: int = 1280, script: bool = True, language: str = ""
    ) -> Page:
        context = chromium.new_context(
            base_url=str(live_server),
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            locale="nb-NO",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(30_000)  # a machine that is busy with other tests may need long
        if user is not None:
            sign_in(context, user, str(live_server))
        if language:
            context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": str(live_server)}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: complaints.extend(_complaint(page, message)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def sign_in(context: BrowserContext, user: User, url: str) -> None:
    """Give the browser a session of the user, without passing the sign-in page."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": url}])


def _complaint(page: Page, message: ConsoleMessage) -> list[str]:
    """Errors in the console; a page that answers 403 or 404 itself is no complaint."""
    is_page = message.text.startswith("Failed to load resource") and message.location.get("url") == page.url
    return [f"{page.url}: {message.text}"] if message.type == "error" and not is_page else []
