"""An accepted answer about the family, or a stop, holds while the facts behind it stand; and it can be reopened."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.benefit.commands.circumstances import NewCircumstance, add_circumstance
from samlop.benefit.commands.questions import reopen_question, settle_question
from samlop.benefit.models import BenefitRun, Draft, Settled
from samlop.benefit.queries.runs import run_page
from samlop.benefit.questions import Question
from samlop.benefit.standing import open_questions
from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.people.models import FamilyMember
from tests.benefit.setting import AFTER, approved, example, give_programme, prepared, signed_stop
from tests.house import House

JANUARY = date(2027, 1, 4)
"""A day when December 2026 can be paid."""
WHY = "Barnet er voksent og bor for seg selv"


@pytest.fixture
def child(house: House) -> FamilyMember:
    """A couple's rate with a child in the family: asked about every month, until it is answered."""
    give_programme(house.case)
    with at(AFTER), writing("test"):
        FamilyMember.objects.create(person=house.case.person, relation="spouse", in_programme=True)
        made: FamilyMember = FamilyMember.objects.create(person=house.case.person, relation="child")
    with at(AFTER):
        new = NewCircumstance("couple", date(2026, 2, 1))
        add_circumstance(case=house.case, new=new, by=house.viewer("adviser"))
    return made


def settle(house: House, run: BenefitRun, answer: str = "accepted", **given: Any) -> Settled:
    [asked] = [one for one in Draft.objects.get(run=run, case=house.case).asks if one[0] in ("family", "stopped")]
    return settle_question(
        case=house.case, month=f"{run.month:%Y-%m}", code=asked[0], about=asked[1], answer=answer, why=WHY,
        by=house.viewer("adviser"), **given,
    )  # fmt: skip


def answered_in_november(house: House, **given: Any) -> None:
    """Asked and accepted in November, approved, and December worked out."""
    run = prepared(house)
    with at(AFTER):
        settle(house, run, **given)
    approved(house)


def question(house: House, month: str = "2026-12") -> Question:
    with at(JANUARY):
        [line] = run_page(house.viewer("leader"), month).lines
    return line.questions[0]


def text(found: str) -> str:
    return found.replace("\xa0", " ")


def signed_in(house: House, name: str) -> Client:
    client = Client()
    client.force_login(house.users[name])
    return client


def test_what_was_accepted_is_not_asked_again(house: House, child: FamilyMember) -> None:
    answered_in_november(house)
    run = prepared(house, "2026-12", on=JANUARY)
    assert open_questions(run) == 0
    found = question(house)
    assert found.held
    assert found.settled is not None
    assert (found.settled.by_name, found.settled.why) == ("Adviser", WHY)
    approved(house, "2026-12", on=JANUARY)


def test_the_run_and_the_participants_page_say_when_and_by_whom(house: House, child: FamilyMember) -> None:
    answered_in_november(house)
    prepared(house, "2026-12", on=JANUARY)
    with at(JANUARY):
        on_run = signed_in(house, "leader").get("/stonad/2026-12/")
        on_case = signed_in(house, "adviser").get(reverse("benefit:case", args=[house.case.pk]))
    run, case = (text(one.content.decode()) for one in (on_run, on_case))
    assert "Ett svar fra en tidligere måned gjelder fortsatt" in run
    assert "svart i november 2026" in run
    assert "Svart i november 2026 av Adviser" in run
    assert "Svart i kjøringen for november 2026." in case
    assert WHY in case
    assert "Åpne spørsmålet igjen" in case


def test_other_facts_are_another_question(house: House, child: FamilyMember) -> None:
    answered_in_november(house)
    with writing("test"):
        child.birth_date = date(2026, 12, 1)
        child.save()
    run = prepared(house, "2026-12", on=JANUARY)
    assert open_questions(run) == 1
    assert question(house).is_open


def test_facts_about_something_else_change_nothing(house: House, child: FamilyMember) -> None:
    answered_in_november(house)
    with writing("test"):
        FamilyMember.objects.create(person=house.case.person, relation="parent", lives_together=False)
    assert open_questions(prepared(house, "2026-12", on=JANUARY)) == 0


def test_facts_that_change_after_the_answer_open_the_question_in_the_same_run(
    house: House, child: FamilyMember
) -> None:
    run = prepared(house)
    with at(AFTER):
        settle(house, run)
    assert open_questions(run) == 0
    with writing("test"):
        child.birth_date = date(2005, 1, 1)
        child.save()
    assert open_questions(prepared(house)) == 1


def test_an_answer_with_a_last_day_is_asked_about_when_it_has_passed(house: House, child: FamilyMember) -> None:
    run = prepared(house)
    with at(AFTER):
        with pytest.raises(Refused) as refusal:
            settle(house, run, holds_until=date(2026, 11, 15))
        settle(house, run, holds_until=date(2026, 12, 31))
    assert refusal.value.code == "too_early"
    approved(house)
    assert open_questions(prepared(house, "2026-12", on=JANUARY)) == 0
    approved(house, "2026-12", on=JANUARY)
    assert open_questions(prepared(house, "2027-01", on=date(2027, 2, 3))) == 1


def test_left_out_once_is_asked_about_the_next_time(house: House) -> None:
    example(house)
    signed_stop(house.case, "temporary", "2026-11-23", "2026-12-11")
    run = prepared(house)
    with at(AFTER):
        settle(house, run, "left_out")
    approved(house)
    assert open_questions(prepared(house, "2026-12", on=JANUARY)) == 1


def test_a_stop_over_two_months_is_accepted_once(house: House) -> None:
    example(house)
    signed_stop(house.case, "temporary", "2026-11-23", "2026-12-11")
    run = prepared(house)
    with at(AFTER):
        settle(house, run)
    approved(house)
    assert open_questions(prepared(house, "2026-12", on=JANUARY)) == 0


def test_it_can_be_opened_again_by_name_with_a_reason(house: House, child: FamilyMember) -> None:
    answered_in_november(house)
    run = prepared(house, "2026-12", on=JANUARY)
    with at(JANUARY):
        client = signed_in(house, "colleague")
    typed = {"prefix": "q0", "q0-code": "family", "q0-about": "couple_has_child", "q0-why": ""}
    here = reverse("benefit:reopen", args=[house.case.pk, "2026-12"])
    with at(JANUARY):
        refused = client.post(here, typed)
        assert refused.status_code == 422
        assert "Skriv kort hvorfor." in refused.content.decode()
        assert client.post(here, typed | {"q0-why": "Barnet har flyttet hjem"}).status_code == 302
    assert open_questions(run) == 1
    asked = question(house)
    assert (asked.is_open, asked.held) == (True, False)
    entry = JournalEntry.objects.get(code="benefit.question_reopened")
    assert text(sentence(entry)) == "åpnet et spørsmål om stønaden for desember 2026 igjen (Barnet har flyttet hjem)"
    assert Settled.objects.filter(run__month=date(2026, 11, 1), answer="accepted", by_name="Adviser").exists()
    with at(JANUARY):
        settle(house, run)
    assert open_questions(run) == 0


def test_an_answer_of_the_same_run_can_be_opened_again_too(house: House) -> None:
    example(house)
    signed_stop(house.case, "temporary", "2026-11-09", "2026-11-20")
    run = prepared(house)
    with at(AFTER):
        settle(house, run, "left_out")
        assert run.refreshed().people == 0
        [asked] = [one for one in Draft.objects.get(run=run).asks if one[0] == "stopped"]
        values = {"case": house.case, "month": "2026-11", "code": asked[0], "about": asked[1], "why": "Feil"}
        reopen_question(**values, by=house.viewer("adviser"))
        assert (run.refreshed().people, open_questions(run)) == (1, 1)
        with pytest.raises(Refused) as refusal:
            reopen_question(**values, by=house.viewer("adviser"))
    assert refusal.value.code == "changed_meanwhile"


def test_an_approved_run_is_not_opened_again(house: House, child: FamilyMember) -> None:
    answered_in_november(house)
    with at(AFTER), pytest.raises(Refused) as refusal:
        reopen_question(
            case=house.case, month="2026-11", code="family", about="couple_has_child", why="Feil",
            by=house.viewer("adviser"),
        )  # fmt: skip
    assert refusal.value.code == "already_approved"
