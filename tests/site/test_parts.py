"""Parts that do something: progress that can be left, pages that keep the filter, tags that are not colour alone."""

from __future__ import annotations

import re

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from samlop.core.templatetags.status import tag


def test_progress_asks_again_until_it_is_finished() -> None:
    said = {"url": "/import/1/", "text": "Leser inn", "done": 5, "total": 20}
    running = render_to_string("parts/progress.html", {**said, "finished": False})
    assert 'hx-get="/import/1/"' in running
    assert "Du kan forlate siden" in running
    finished = render_to_string(
        "parts/progress.html", {**said, "done": 20, "finished": True, "result_url": "/x/", "result_text": "Se"}
    )
    assert "hx-get" not in finished
    assert 'href="/x/"' in finished
    assert "20 av 20" in finished


def test_without_scripts_the_page_is_read_again() -> None:
    assert '<noscript><meta http-equiv="refresh" content="5">' in render_to_string("parts/refresh.html")


def test_pages_keep_the_filter() -> None:
    request = RequestFactory().get("/deltakere/", {"fase": "start", "page": "2"})
    html = render_to_string("parts/pagination.html", {"page": Paginator(range(60), 25).page(2)}, request)
    assert 'href="?fase=start&amp;page=1"' in html
    assert 'href="?fase=start&amp;page=3"' in html
    assert "Side 2 av 3 (26–50 av 60)" in html


def test_one_page_needs_no_pages() -> None:
    html = render_to_string(
        "parts/pagination.html", {"page": Paginator(range(5), 25).page(1)}, RequestFactory().get("/")
    )
    assert html.strip() == ""


@pytest.mark.parametrize("tone", ["success", "warning", "danger", "info", "neutral", ""])
def test_a_status_has_a_shape_and_a_word_besides_its_colour(tone: str) -> None:
    html = tag("i rute", tone)
    assert "i rute" in html
    assert re.search(r"<svg[^>]*aria-hidden", html)


def test_statuses_have_different_shapes() -> None:
    shapes = {
        re.search(r"<svg.*</svg>", tag("", tone)).group(0)
        for tone in ("success", "warning", "danger", "info", "neutral")
    }  # type: ignore[union-attr]
    assert len(shapes) == 5
