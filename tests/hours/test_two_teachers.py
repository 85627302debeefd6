"""Two teachers take the same list at the same moment, each on a phone: nothing is lost, and each sees the other's."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from samlop.cases.models import Case
from samlop.core.time import at, now
from samlop.hours.models import Absence, AbsenceReport, Group, Roll
from samlop.site.signin.sessions import SEEN
from tests.hours.lists import MONDAY, here, press, second_teacher, signed_in, text
from tests.hours.weeks import join
from tests.house import House, person
from tests.house import case as another_case

pytestmark = pytest.mark.usefixtures("that_monday")


def others(house: House, spor: Group, number: int) -> list[Case]:
    found = [another_case(house, person(house.municipality, f"Nr {one}")) for one in range(number)]
    for case in found:
        join(case, spor)
    return found


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, each on its own connection."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            with at(MONDAY):
                barrier.wait(timeout=10)
                return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [waiting.result(timeout=60) for waiting in [pool.submit(one, act) for act in acts]]


def carried(client: Client, spor: Group, case: Case) -> dict[str, str]:
    """What the page carries for one person, as their form sends it."""
    page = client.get(here(spor)).content.decode()
    row = page[page.index(f'id="rad-{case.pk}"') :]
    return {name: re.search(f'name="{name}" value="([^"]*)"', row)[1] for name in ("sto", "sett")}  # type: ignore[index]


@pytest.mark.django_db(transaction=True)
def test_different_participants_at_the_same_moment_are_all_kept(house: House, spor: Group) -> None:
    first, second = signed_in(house), second_teacher(house)
    cases = [house.case, *others(house, spor, 5)]
    for client in (first, second):
        client.get(here(spor))

    def marks(client: Client, mine: list[Case]) -> Callable[[], list[int]]:
        return lambda: [press(client, spor, "away", one).status_code for one in mine]

    assert at_once(marks(first, cases[::2]), marks(second, cases[1::2])) == [[302] * 3, [302] * 3]
    assert Absence.objects.filter(withdrawn_at__isnull=True, hours__isnull=True).count() == 6
    assert {one.told_by_name for one in AbsenceReport.objects.all()} == {"Teacher", "Lærer To"}
    for client in (first, second):
        assert text(client.get(here(spor))).count("Borte hele dagen") == 6


@pytest.mark.django_db(transaction=True)
def test_the_same_participant_at_the_same_moment_is_one_absence(house: House, spor: Group) -> None:
    first, second = signed_in(house), second_teacher(house)
    both = [carried(client, spor, house.case) for client in (first, second)]
    acts = [
        lambda client=client, sent=sent: press(client, spor, "away", house.case, **sent)
        for client, sent in zip((first, second), both, strict=True)
    ]
    assert [one.status_code for one in at_once(*acts)] == [302, 302]  # both meant the same, so none is refused
    assert Absence.objects.count() == 1
    assert AbsenceReport.objects.filter(withdrawn_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_things_said_of_the_same_at_the_same_moment_leave_one_to_choose(house: House, spor: Group) -> None:
    """One writes that two hours are missed while the other says that the person is there after all."""
    first, second = signed_in(house), second_teacher(house)
    press(first, spor, "away", house.case)
    sent = opened()
    answers = at_once(
        lambda: press(first, spor, "detail", house.case, hours="2", code="", **sent),
        lambda: press(second, spor, "here", house.case, **sent),
    )
    assert sorted(one.status_code for one in answers) == [302, 409]
    stands = Absence.objects.get()
    assert (stands.withdrawn_at is None) == (answers[0].status_code == 302)
    assert stands.hours == (Decimal(2) if stands.withdrawn_at is None else None)


def opened() -> dict[str, str]:
    """What the opened form of the one who is away carries, before anybody has written hours or a reason."""
    absence = Absence.objects.get()
    return {"sto": f"{absence.pk.hex}.{absence.revision}", "initial-hours": "", "initial-code": ""}


@pytest.mark.django_db(transaction=True)
def test_both_take_the_roll_at_the_same_moment_and_it_is_taken_once(house: House, spor: Group) -> None:
    first, second = signed_in(house), second_teacher(house)
    answers = at_once(lambda: press(first, spor, "roll"), lambda: press(second, spor, "roll"))
    assert [one.status_code for one in answers] == [302, 302]
    assert Roll.objects.count() == 1


def ask(client: Client, spor: Group, seen: str) -> Any:
    return client.get(reverse("hours:list_changed", args=[spor.pk, MONDAY]), {"sett": seen})


def test_the_page_learns_that_a_colleague_has_changed_the_list(house: House, spor: Group) -> None:
    first, second = signed_in(house), second_teacher(house)
    seen = carried(first, spor, house.case)["sett"]
    assert ask(first, spor, seen).status_code == 204
    with at(now() + timedelta(minutes=8)):
        press(second, spor, "away", house.case)
    answer = ask(first, spor, seen)
    assert answer.status_code == 200
    assert "Lærer To har endret listen etter at du åpnet den, sist kl. 12.08." in text(answer)
    assert "Amina" not in text(answer)


def test_what_the_participant_tells_is_a_change_without_a_name(house: House, spor: Group) -> None:
    from samlop.hours.commands.absence import report_absence

    first = signed_in(house)
    seen = carried(first, spor, house.case)["sett"]
    report_absence(case=house.case, first=MONDAY, last=MONDAY, code="SYK_BARN", by=house.viewer("participant"))
    assert "Listen er endret etter at du åpnet den." in text(ask(first, spor, seen))


def test_the_roll_taken_by_a_colleague_is_a_change(house: House, spor: Group) -> None:
    first = signed_in(house)
    seen = carried(first, spor, house.case)["sett"]
    press(second_teacher(house), spor, "roll")
    assert "Lærer To har endret listen" in text(ask(first, spor, seen))


@pytest.mark.parametrize("seen", ["", "tull", "a-b", "0123-99999999999999999"])
def test_a_stamp_nobody_was_given_only_says_that_it_is_another_list(house: House, spor: Group, seen: str) -> None:
    answer = ask(signed_in(house), spor, seen)
    assert answer.status_code == 200
    assert "Listen er endret" in text(answer)


def test_asking_does_not_keep_anybody_signed_in(house: House, spor: Group) -> None:
    client = signed_in(house)
    seen = carried(client, spor, house.case)["sett"]
    before = client.session[SEEN]
    with at(now() + timedelta(minutes=10)):
        client.get(reverse("hours:list_changed", args=[spor.pk, MONDAY]), {"sett": seen}, headers={"x-unattended": "1"})
    assert client.session[SEEN] == before


def test_asking_is_cheap_whatever_the_size_of_the_group(house: House, spor: Group) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(house)
    others(house, spor, 20)
    seen = carried(client, spor, house.case)["sett"]
    with CaptureQueriesContext(connection) as asked:
        assert ask(client, spor, seen).status_code == 204
    hours = [one["sql"] for one in asked.captured_queries if '"hours_' in one["sql"]]
    assert len(hours) == 4


def test_without_script_saving_says_that_others_have_changed_the_list(house: House, spor: Group) -> None:
    bilal = others(house, spor, 1)[0]
    first, second = signed_in(house), second_teacher(house)
    sent = carried(first, spor, house.case)
    press(second, spor, "away", bilal)
    answer = press(first, spor, "away", house.case, **sent)
    assert answer.status_code == 302
    assert "Lærer To har endret listen etter at du åpnet den" in text(first.get(here(spor)))


def test_pressing_on_somebody_a_colleague_has_written_hours_for_does_not_make_it_a_whole_day(
    house: House, spor: Group
) -> None:
    first, second = signed_in(house), second_teacher(house)
    sent = carried(first, spor, house.case)
    press(second, spor, "away", house.case)
    press(second, spor, "detail", house.case, hours="2", code="")
    answer = press(first, spor, "away", house.case, **sent)
    assert answer.status_code == 409
    assert "Andre har ført noe annet etter at du åpnet listen, og ditt er ikke lagret." in text(answer)
    assert "Borte 2 timer" in text(answer)
    assert Absence.objects.get().hours == Decimal(2)


def test_hours_written_by_a_colleague_meanwhile_are_shown_at_the_field_and_kept(house: House, spor: Group) -> None:
    first, second = signed_in(house), second_teacher(house)
    press(first, spor, "away", house.case)
    sent = opened()
    press(second, spor, "detail", house.case, hours="2", code="")
    answer = press(first, spor, "detail", house.case, hours="3", code="", **sent)
    assert answer.status_code == 409
    assert "Andre har endret dette til «2»" in text(answer)
    assert 'value="3"' in text(answer)
    assert Absence.objects.get().hours == Decimal(2)
    again = press(first, spor, "detail", house.case, hours="3", code="", **sent | {"initial-hours": "2"})
    assert again.status_code == 302  # saving once more is a choice
    assert Absence.objects.get().hours == Decimal(3)


def test_a_reason_by_one_and_hours_by_the_other_are_both_kept(house: House, spor: Group) -> None:
    first, second = signed_in(house), second_teacher(house)
    press(first, spor, "away", house.case)
    sent = opened()
    press(second, spor, "detail", house.case, hours="2", code="")
    press(first, spor, "detail", house.case, hours="", code="SYK_BARN", **sent)
    stands = Absence.objects.get()
    assert (stands.hours, stands.code) == (Decimal(2), "SYK_BARN")


def test_a_person_a_colleague_has_set_as_here_is_not_marked_away_again_unseen(house: House, spor: Group) -> None:
    first, second = signed_in(house), second_teacher(house)
    press(first, spor, "away", house.case)
    sent = opened()
    press(second, spor, "here", house.case)
    assert press(first, spor, "detail", house.case, hours="3", code="", **sent).status_code == 409
    assert not Absence.objects.filter(withdrawn_at__isnull=True).exists()


def test_another_municipality_learns_nothing_of_a_list(house: House, spor: Group) -> None:
    assert ask(signed_in(house, "stranger"), spor, "x").status_code == 404
