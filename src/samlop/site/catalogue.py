"""Compiles the message catalogues (``locale/*/LC_MESSAGES/django.po`` → ``.mo``) with nothing but Python.

Catalogues are made and merged by ``tools/messages.py``; what is compiled here is not committed. Only the parts of the
format that our files use are read: comments, context, plural forms, texts over several lines.
"""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator
from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"


class BadCatalogue(ValueError):
    """A line of a catalogue that cannot be read."""


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Compile each catalogue that is newer than its compiled file; the files written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            target.write_bytes(compiled(source.read_text(encoding="utf-8")))
            written.append(target)
    return written


def compiled(text: str) -> bytes:
    """The binary form (GNU MO) of a catalogue; untranslated and fuzzy messages are left out."""
    messages = dict(sorted(_messages(text)))
    ids, texts = b"", b""
    positions = []
    for key, translation in messages.items():
        positions.append((len(key), len(ids), len(translation), len(texts)))
        ids += key + b"\0"
        texts += translation + b"\0"
    header = 28
    start = header + 16 * len(positions)
    originals = b"".join(struct.pack("<2I", length, start + offset) for length, offset, _, _ in positions)
    translations = b"".join(struct.pack("<2I", length, start + len(ids) + offset) for _, _, length, offset in positions)
    count = len(positions)
    head = struct.pack("<7I", 0x950412DE, 0, count, header, header + 8 * count, 0, 0)
    return head + originals + translations + ids + texts


def _messages(text: str) -> Iterator[tuple[bytes, bytes]]:
    for block in text.split("\n\n"):
        parts, fuzzy = _parts(block)
        translations = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
        if "msgid" not in parts or not all(translations) or (fuzzy and parts["msgid"]):
            continue
        key = parts["msgid"] + (f"\0{parts['msgid_plural']}" if "msgid_plural" in parts else "")
        if "msgctxt" in parts:
            key = f"{parts['msgctxt']}\4{key}"
        yield key.encode(), "\0".join(translations).encode()


def _parts(block: str) -> tuple[dict[str, str], bool]:
    """The keywords of one message with their texts, and whether it is marked as uncertain (fuzzy)."""
    parts: dict[str, str] = {}
    name, fuzzy = "", False
    for line in block.splitlines():
        if line.startswith("#") or not line.strip():
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        if not line.startswith('"'):
            name, _, line = line.partition(" ")
            parts[name] = ""
        try:
            parts[name] += ast.literal_eval(line.strip())
        except (KeyError, SyntaxError, ValueError):
            raise BadCatalogue(line) from None
    return parts, fuzzy
