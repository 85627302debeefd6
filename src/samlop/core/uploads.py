"""Files that people send: at most so large, and kept in memory, so that no copy is left behind on a disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest

LARGEST = 20 * 1024 * 1024
"""Bytes in one file."""
_AROUND = 1024 * 1024
"""Room for the rest of the form."""


class CappedUpload(MemoryFileUploadHandler):
    """Keeps files in memory when the request is small enough; else lets them pass by without keeping anything.

    How large the request is stands in its head, so nothing is read to find out. The form's other fields are read as
    usual: the page can answer with everything that was typed. ``is_too_large`` tells the page.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.activated = content_length <= LARGEST + _AROUND
        if not self.activated and self.request is not None:
            self.request.META["samlop.too_large"] = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not self.activated:
            raise SkipFile
        super().new_file(*args, **kwargs)


def is_too_large(request: HttpRequest) -> bool:
    """Whether the request carried a file that was let pass by."""
    _ = request.POST  # reading the form is what finds it out
    return bool(request.META.get("samlop.too_large"))
