"""The theme: every token that Designsystemet's components read is there, and colours can be told apart."""

from __future__ import annotations

import re

import pytest

from samlop.site import static_build

THEME = (static_build.SITE / "static" / "samlop" / "theme.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"(--ds-color-[\w-]+):\s*(#[0-9a-f]+)", THEME))
FAMILIES = ["accent", "neutral", "info", "success", "warning", "danger"]


def test_no_token_is_missing() -> None:
    static_build.main(["--dev"])
    components = (static_build.VENDOR / "designsystemet.css").read_text(encoding="utf-8")
    own = (static_build.SITE / "static" / "samlop" / "samlop.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--ds-[\w-]+)", components + own + THEME))
    defined = set(re.findall(r"(--ds-[\w-]+)\s*:", components + THEME))
    assert used - defined == set()


def test_our_own_style_names_no_colour() -> None:
    own = (static_build.SITE / "static" / "samlop" / "samlop.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", own) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_texts_and_borders_can_be_seen(family: str) -> None:
    for text in ("text-subtle", "text-default"):
        for ground in ("background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover"):
            assert contrast(family, text, ground) >= 4.5, (family, text, ground)
    assert contrast(family, "base-contrast-default", "base-default") >= 4.5
    for border in ("border-default", "border-strong"):
        assert contrast(family, border, "background-default") >= 3


def contrast(family: str, one: str, other: str) -> float:
    """Contrast of two tokens of a family (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((luminance(TOKENS[f"--ds-color-{family}-{name}"]) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:]
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_lock_names_no_registry() -> None:
    lock = (static_build.ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "integrity" in lock
