"""Names stand where a Norwegian reader looks for them."""

from __future__ import annotations

import pytest

from samlop.core.sorting import search_key, sort_key


def test_norwegian_order() -> None:
    names = ["Aron", "Bo", "Zahra", "Zzz", "Ærlend", "Äke", "Ødegård", "Öz", "Aas", "Åse"]
    assert sorted(names, key=sort_key) == ["Aron", "Bo", "Zahra", "Zzz", "Äke", "Ærlend", "Ødegård", "Öz", "Aas", "Åse"]


def test_å_inside_a_name_comes_after_z_too() -> None:
    assert sorted(["Båt", "Bzt", "Bat", "Baat"], key=sort_key) == ["Bat", "Bzt", "Båt", "Baat"]


@pytest.mark.parametrize(
    ("written", "looked_for"), [("José", "jose"), ("ØYSTEIN", "øystein"), ("A  B", "a b"), ("محمد", "محمد")]
)
def test_search_is_without_accents_but_keeps_our_letters(written: str, looked_for: str) -> None:
    assert search_key(written) == looked_for
