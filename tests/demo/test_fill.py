"""Filling: the same every time, all or nothing, and never over somebody else's data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import models

from samlop.cases.models import Case
from samlop.people.models import Municipality, PersonIdentifier
from samlop.site.demo import country, fill, small
from samlop.site.demo.load import Rows
from samlop.site.demo.words import words


class Kept(Rows):
    """Rows that are looked at instead of written."""

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        kept = {model.__name__: list(rows) for model, rows in self._values.items()}
        for model, rows in self._objects.items():
            names = [field.attname for field in model._meta.concrete_fields]
            kept.setdefault(model.__name__, []).extend(tuple(getattr(row, name) for name in names) for row in rows)
        return kept


def made(on: date) -> Kept:
    rows = Kept()
    for _town in small.fill(rows, on):
        pass
    return rows


def test_two_fills_of_a_day_are_the_same() -> None:
    first, second = (repr(made(date(2026, 11, 20)).everything()) for _ in range(2))
    assert first == second


def test_people_and_keys_are_the_same_on_another_day() -> None:
    one, other = (made(day).everything() for day in (date(2026, 11, 20), date(2027, 3, 3)))
    people = [{row[0]: row[4:6] for row in each["Person"]} for each in (one, other)]
    assert people[0] == people[1]
    assert {row[0] for row in one["Case"]} == {row[0] for row in other["Case"]}
    numbers = [sorted(map(repr, each["PersonIdentifier"])) for each in (one, other)]
    assert numbers[0] == numbers[1]


@pytest.mark.django_db
def test_killed_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    written = Rows.write

    def dies(self: Rows) -> None:
        written(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(Rows, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        fill.small()
    assert not Municipality.objects.exists()


@pytest.mark.django_db
def test_never_over_municipalities_that_are_not_the_demos() -> None:
    from samlop.core.writing import writing

    with writing("test"):
        Municipality.objects.create(name="Noen andres")
    with pytest.raises(fill.NotOurs):
        fill.small()


def test_a_row_with_a_wrong_name_is_refused() -> None:
    with pytest.raises(TypeError, match="has no"):
        Rows().put(Case, status="active", colour="red")


def test_a_row_without_its_key_is_refused() -> None:
    with pytest.raises(KeyError):
        Rows().put(PersonIdentifier, kind="duf", value="1")


def test_the_country_has_the_promised_size_and_a_skewed_spread() -> None:
    sizes = country.sizes()
    assert len(sizes) == 350
    assert sum(size.active for size in sizes) == pytest.approx(35_000, rel=0.01)
    assert sum(size.ended for size in sizes) == pytest.approx(150_000, rel=0.01)
    assert sizes[0].active == 2_500
    assert sum(10 <= size.active <= 60 for size in sizes) > 120


def test_a_part_of_the_country_is_as_in_the_whole() -> None:
    assert set(country.sizes(20)) <= set(country.sizes())
    assert country.sizes(20)[0].number == 1


def test_no_invented_name_is_a_real_municipality() -> None:
    names = country.names()
    assert len(set(names)) == 350
    assert not {name.casefold() for name in names} & {name.casefold() for name in words("country")["real"]}
    assert not {county.code for county in country.counties()} & OFFICIAL_COUNTIES


OFFICIAL_COUNTIES = {
    f"{code:02d}" for code in (*range(1, 23), 30, 31, 32, 33, 34, 38, 39, 40, 42, 46, 50, 54, 55, 56, 99)
}


@pytest.mark.django_db
def test_the_country_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def only(_municipalities: int = 350) -> list[country.Size]:
        return [country.Size(number, 9, 4, 5_000 + 100 * number) for number in (1, 2, 3)]

    monkeypatch.setattr(country, "sizes", only)
    filling = country.fill(3, date(2026, 11, 20))
    assert next(filling)[1] > 0
    filling.close()  # killed after the first
    again = [rows for _size, rows in country.fill(3, date(2026, 11, 20))]
    assert again[0] == 0
    assert min(again[1:]) > 0
    assert Municipality.objects.count() == 3
    assert Case.objects.count() == 39


def test_defaults_that_are_made_anew_are_never_used() -> None:
    """A key made by chance would differ from fill to fill; ``put`` has none to offer."""
    from samlop.site.demo.load import _table

    for model in (Case, PersonIdentifier):
        fresh = [
            f.attname
            for f in model._meta.concrete_fields
            if callable(f.default) and f.default is not models.NOT_PROVIDED
        ]
        assert not set(fresh) & set(_table(model).defaults)
