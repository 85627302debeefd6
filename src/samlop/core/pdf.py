"""PDF from a Typst template and data: tagged (PDF/UA-1), in every script the participants write in.

The data goes to the template as JSON and is never part of its source, so that no text of a user is read as markup. A
template lies in its room's folder ``typst/``, begins with ``#import "/core/typst/house.typ": *`` and gets the data as
``data``. The letters are Noto Sans for Latin, Cyrillic, Greek, Arabic and Ethiopic script, put in ``core/fonts`` by
``site.static_build``; other scripts are taken from the machine where it has them.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse

from samlop.core.time import now

PACKAGE = Path(__file__).resolve().parents[1]
FONTS = PACKAGE / "core" / "fonts"


class LettersMissing(RuntimeError):
    """The fonts have not been put in place; ``python -m samlop.site.static_build`` does it."""


@functools.cache
def letters() -> typst.Fonts:
    """The fonts, read once for the process."""
    if not any(FONTS.glob("NotoSans-*.ttf")):
        raise LettersMissing(f"No fonts in {FONTS}. Run: python -m samlop.site.static_build")
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(FONTS)])


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template («plan/typst/line.typ») with data of plain values (text, numbers, lists, objects).

    ``data`` must have ``title`` and ``language`` (code): a tagged document says both.
    """
    compile_ = functools.partial(
        typst.compile,
        str(PACKAGE / template),
        root=str(PACKAGE),
        font_paths=letters(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(now().timestamp()),
    )
    try:
        found = compile_(pdf_standards=["ua-1"])
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        # A sign that none of our letters draws breaks the standard, but must not keep people from the rest of the text.
        found = compile_()
    if not isinstance(found, bytes):
        raise RuntimeError(f"{template} gave no PDF")
    return found


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """The PDF as a file to open or save. ``name`` says what it is, never of whom: it ends up in download folders."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
