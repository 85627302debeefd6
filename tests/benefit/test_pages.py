"""The pages of the benefit, as those who use them meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samlop.access.models import Reading
from samlop.benefit.commands.corrections import (
    confirm_corrections,
    look_for_differences,
    propose_corrections,
    settle_elsewhere,
)
from samlop.benefit.models import BenefitRun, Circumstance, Correction, Draft, PaidWork, Settled
from samlop.core.errors import Refused
from samlop.core.models import OrganisationEntry
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.hours.models import ClassMember, ClassSlot, Group
from samlop.people.models import Person
from samlop.programme.models import Decision
from tests.benefit.setting import AFTER, approved, away, example, give_programme, more, prepared
from tests.house import House


def signed_in(house: House, who: str) -> Client:
    """Signed in on the day the tests are about; requests are made that day too."""
    client = Client()
    with at(AFTER):
        client.force_login(house.users[who])
    return client


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with at(AFTER):
        yield


def test_a_month_is_worked_out_and_approved_on_the_pages(house: House) -> None:
    example(house)
    adviser, leader = signed_in(house, "adviser"), signed_in(house, "leader")
    with at(AFTER):
        assert "november 2026" in adviser.get("/stonad/").content.decode().replace("\u00a0", " ").lower()
        assert "Regn ut måneden" in adviser.get("/stonad/2026-11/").content.decode()
        assert adviser.post("/stonad/2026-11/regn-ut/").status_code == 302
        page = adviser.get("/stonad/2026-11/").content.decode()
        assert "20\u00a0724,29" in page
        assert "Du regnet ut denne kjøringen" in page
        assert adviser.post("/stonad/2026-11/godkjenn/", {"attempt": "1"}).status_code == 403
        assert "Godkjenn og lås" in leader.get("/stonad/2026-11/").content.decode()
        assert leader.post("/stonad/2026-11/godkjenn/", {"attempt": "1"}).status_code == 302
        page = leader.get("/stonad/2026-11/").content.decode()
        assert "Godkjent og låst" in page
        assert "Regn ut på nytt" not in page
        files = [adviser.post(f"/stonad/2026-11/fil/{kind}/").content for kind in ("csv", "xlsx", "csv", "xlsx")]
    assert files[:2] == files[2:], "downloaded again it is the same file"
    assert OrganisationEntry.objects.filter(code="benefit.file_fetched").count() == 4


def test_the_participant_reads_why_it_is_20_724_29(house: House) -> None:
    example(house)
    approved(house)
    client = signed_in(house, "participant")
    with at(AFTER):
        page = client.get("/min-side/utbetaling/").content.decode().replace("\u00a0", " ")
        assert "20 724,29 kr" in page
        assert "Du var borte 2 dager og 3,5 timer uten gyldig grunn" in page
        assert "758,61 kr for en hel dag og 147,62 kr for en time" in page
        assert "integreringsloven § 21" in page
        assert "Snakk med oss" in page
        assert "Adviser" in page
        assert "Statsforvalteren" in page
        assert "Betales ut 12. desember 2026, for november 2026" in page
        english = client.get("/min-side/utbetaling/?sprak=en").content.decode().replace("\u00a0", " ")
        assert "NOK 20,724.29" in english
        assert "You were away 2 days and 3.5 hours" in english
        nynorsk = client.get("/min-side/utbetaling/?sprak=nn").content.decode().replace("\u00a0", " ")
        assert "Du var borte 2 dagar og 3,5 timar utan gyldig grunn" in nynorsk
        assert client.get("/min-side/utbetaling/?sprak=xx").status_code == 200
        assert "?sprak=" not in page.replace(".pdf?sprak=", ""), "the program's own switch is enough"
        pdf = client.get("/min-side/utbetaling/2026-11.pdf?sprak=en")
    assert pdf.content.startswith(b"%PDF")
    assert Reading.objects.filter(section="economy", user_id=house.users["participant"].pk).exists()


@pytest.mark.parametrize("who", ["adviser", "stranger", "nav"])
def test_others_have_no_payments_of_their_own(house: House, who: str) -> None:
    example(house)
    approved(house)
    client = signed_in(house, who)
    assert client.get("/min-side/utbetaling/").status_code == 302
    assert client.get("/min-side/utbetaling/2026-11.pdf").status_code == 404


def test_the_case_page_tells_every_line_with_its_paragraph(house: House) -> None:
    example(house)
    approved(house)
    with at(AFTER):
        page = signed_in(house, "adviser").get(reverse("benefit:case", args=[house.case.pk]))
        told = page.content.decode().replace("\u00a0", " ")
        assert "Trekk for fravær uten gyldig grunn: 2 dager og 3,5 timer." in told
        assert "per dag 758,6056" in told, "the whole working is there"
        assert signed_in(house, "nav").get(reverse("benefit:case", args=[house.case.pk])).status_code == 403
        assert signed_in(house, "stranger").get(reverse("benefit:case", args=[house.case.pk])).status_code == 404


def test_a_circumstance_is_written_ended_and_taken_back_on_the_page(house: House) -> None:
    give_programme(house.case, born=date(2005, 1, 1))
    client = signed_in(house, "adviser")
    where = reverse("benefit:add", args=[house.case.pk])
    wrong = client.post(where, {"kind": "other_benefit", "valid_from": "1.11.2026", "source": "nav", "note": "Brev"})
    assert wrong.status_code == 422
    assert "Velg hvilken ytelse det er" in wrong.content.decode()
    assert "Brev" in wrong.content.decode(), "nothing typed is lost"
    given = {"kind": "with_parents", "valid_from": "1.11.2026", "source": "participant"}
    assert client.post(where, given).status_code == 302
    row = Circumstance.objects.get()
    assert client.post(where, given).status_code == 422, "the same time twice is refused by name"
    end = reverse("benefit:end", args=[house.case.pk, row.pk])
    assert client.post(end, {"end-last_day": "1.1.2020"}).status_code == 422
    assert client.post(end, {"end-last_day": "31.12.2026"}).status_code == 302
    back = reverse("benefit:withdraw", args=[house.case.pk, row.pk])
    assert client.post(back, {"why-why": ""}).status_code == 422
    assert client.post(back, {"why-why": "Flyttet aldri inn"}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_why == "Flyttet aldri inn"
    work = reverse("benefit:work", args=[house.case.pk])
    with at(AFTER):
        assert (
            client.post(work, {"work-month": "2026-11", "work-hours": "60", "work-source": "employer"}).status_code
            == 422
        )
        given = {"work-month": "2026-11", "work-hours": "60", "work-wage": "5 100,00", "work-source": "employer"}
        assert client.post(work, given).status_code == 302
    assert PaidWork.objects.get().wage_ore == 510000


def test_a_question_is_answered_on_the_case_page(house: House) -> None:
    give_programme(house.case)
    away(house.case, date(2026, 11, 3), code="")
    prepared(house)
    client = signed_in(house, "adviser")
    with at(AFTER):
        page = client.get(reverse("benefit:case", args=[house.case.pk])).content.decode()
        assert "Ett fravær er ikke avklart" in page
        where = reverse("benefit:answer", args=[house.case.pk, "2026-11"])
        given = {"prefix": "q0", "q0-code": "unsettled_absence", "q0-about": "1", "q0-answer": "accepted"}
        assert client.post(where, given).status_code == 422, "a reason is wanted"
        assert client.post(where, given | {"q0-why": "Avklares neste måned"}).status_code == 302
        assert "Avklares neste måned" in client.get(reverse("benefit:case", args=[house.case.pk])).content.decode()


def test_the_draft_of_a_decision_is_made_from_the_question(house: House) -> None:
    from samlop.programme.models import Decision

    give_programme(house.case)
    away(house.case, date(2026, 11, 2), date(2026, 11, 20))
    prepared(house)
    where = reverse("benefit:draft_deduction", args=[house.case.pk, "2026-11"])
    with at(AFTER):
        client = signed_in(house, "adviser")
        assert [client.post(where).status_code for _ in range(2)] == [302, 302]
    decision = Decision.objects.get()
    assert (decision.data["month"], decision.data["amount_ore"], decision.status) == ("2026-11", 1137908, "draft")


def test_filters_and_search(house: House) -> None:
    example(house)
    more(house, 2)
    approved(house, "2026-10", on=date(2026, 11, 20))
    prepared(house)
    client = signed_in(house, "adviser")
    with at(AFTER):
        every, changed, found = (
            client.get(f"/stonad/2026-11/{query}").content.decode() for query in ("", "?vis=endret", "?sok=deltaker001")
        )
    assert all(name in every for name in ("Amina", "Deltaker000", "Deltaker001"))
    assert "Amina" in changed
    assert "Deltaker000" not in changed.split('id="lines"')[1]
    assert "Deltaker001" in found
    assert "Amina" not in found.split('id="lines"')[1]


def test_who_is_not_seen_is_only_counted_where_that_gives_nothing_away(house: House) -> None:
    example(house)
    hidden = more(house, 1)[0]
    with writing("test"):
        Person.objects.filter(pk=hidden.person_id).update(protection="strictly_confidential")
    prepared(house, who="leader")
    with at(AFTER):
        page = signed_in(house, "colleague").get("/stonad/2026-11/").content.decode().replace("\u00a0", " ")
    assert "Deltaker000" not in page
    assert "og én annen du ikke ser" in page
    assert "vises ikke, fordi de er så få" in page
    assert "43 482,46" not in page, "the whole sum would give the one away"
    assert "Ett av dem gjelder en deltaker du ikke ser" in page


def test_the_queries_of_a_run_do_not_grow_with_participants(house: House) -> None:
    example(house)
    client = signed_in(house, "adviser")
    counts = []
    for extra in (1, 9):
        more(house, extra)
        prepared(house)
        with at(AFTER):
            client.get("/stonad/2026-11/")
            with CaptureQueriesContext(connection) as captured:
                client.get("/stonad/2026-11/")
        counts.append(len(captured))
    assert counts[1] <= counts[0], counts
    assert BenefitRun.objects.get().people == 11


def test_missing_rolls_are_one_question_for_all_who_lack_them(house: House) -> None:
    group_with_a_missing_roll(house)
    prepared(house)
    client = signed_in(house, "adviser")
    page = client.get("/stonad/2026-11/").content.decode()
    assert "Oppmøtet er ikke ført for alle dager for én deltaker." in page
    assert client.post("/stonad/2026-11/oppmote/", {"why": " "}).status_code == 409
    assert client.post("/stonad/2026-11/oppmote/", {"why": "Vikar, ført på papir"}).status_code == 302
    assert Settled.objects.get().why == "Vikar, ført på papir"
    assert "Oppmøtet er ikke ført" not in client.get("/stonad/2026-11/").content.decode()
    leader = signed_in(house, "leader")
    assert leader.post("/stonad/2026-11/godkjenn/", {"attempt": "1"}).status_code == 302
    assert BenefitRun.objects.get().is_approved


def group_with_a_missing_roll(house: House) -> None:
    give_programme(house.case)
    with writing("test"):
        group = Group.objects.create(
            municipality=house.municipality, unit=house.units["school"], name="A", valid_from=date(2026, 1, 1)
        )
        ClassSlot.objects.create(
            group=group, weekday=2, starts=time(9), ends=time(12), provider="adult_education", content="norwegian",
            valid_from=date(2026, 11, 9), valid_to=date(2026, 11, 14),
        )  # fmt: skip
        ClassMember.objects.create(
            case=house.case, municipality=house.municipality, group=group, valid_from=date(2026, 1, 1)
        )


def test_all_that_stand_on_the_page_are_proposed_and_confirmed_at_once(house: House) -> None:
    """A new basic amount touches everybody: nobody ticks two thousand boxes."""
    example(house)
    (other,) = more(house, 1)
    approved(house)
    for one in (house.case, other):
        away(one, date(2026, 11, 12))
    with at(AFTER):
        adviser, leader = signed_in(house, "adviser"), signed_in(house, "leader")
        adviser.post("/stonad/avvik/se-etter/")
        page = adviser.get("/stonad/avvik/").content.decode()
        assert "Foreslå alle 2" in page
        sent = {"alle": "foreslas", "foreslas": re.findall('name="foreslas" value="([^"]*)"', page)[0]}
        assert adviser.post("/stonad/avvik/foresla/", sent).status_code == 302
        assert "Bekreft alle" not in adviser.get("/stonad/avvik/").content.decode(), "never the same person"
        page = leader.get("/stonad/avvik/").content.decode()
        assert "Bekreft alle 2" in page
        sent = {"alle": "bekreftes", "bekreftes": re.findall('name="bekreftes" value="([^"]*)"', page)[0]}
        assert leader.post("/stonad/avvik/bekreft/", sent).status_code == 302
    assert list(Correction.objects.values_list("state", flat=True)) == ["confirmed", "confirmed"]


def test_the_same_money_is_not_claimed_by_a_decision_and_taken_in_a_run(house: House) -> None:
    give_programme(house.case, granted=date(2020, 6, 1))
    approved(house)
    away(house.case, date(2026, 11, 17))
    adviser, leader = signed_in(house, "adviser"), house.viewer("leader")
    look_for_differences(by=house.viewer("adviser"))
    row = Correction.objects.get()
    where = reverse("benefit:draft_repayment", args=[house.case.pk, row.pk])
    first, second = adviser.post(where), adviser.post(where)
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    decision = Decision.objects.get()
    assert decision.references
    assert all(one.startswith(("introduksjonsloven", "forvaltningsloven")) for one in decision.references)
    propose_corrections(corrections=[row.pk], by=house.viewer("adviser"))
    with pytest.raises(Refused) as refusal:
        confirm_corrections(corrections=[row.pk], by=leader)
    assert refusal.value.code == "repayment_decided"
    settle_elsewhere(case=house.case, correction=row.pk, why="Vedtak om tilbakebetaling", by=leader)
    away(house.case, date(2026, 11, 18))
    look_for_differences(by=house.viewer("adviser"))
    later = Correction.objects.get(state="found")
    propose_corrections(corrections=[later.pk], by=house.viewer("adviser"))
    assert confirm_corrections(corrections=[later.pk], by=leader) == 1, "what is settled is accounted for"


def test_a_difference_found_anew_gets_no_second_decision_and_a_confirmed_one_waits(house: House) -> None:
    give_programme(house.case)
    approved(house)
    away(house.case, date(2026, 11, 17))
    adviser, leader = signed_in(house, "adviser"), house.viewer("leader")
    look_for_differences(by=house.viewer("adviser"))
    adviser.post(reverse("benefit:draft_repayment", args=[house.case.pk, Correction.objects.get().pk]))
    made = Decision.objects.get()
    away(house.case, date(2026, 11, 18))
    look_for_differences(by=house.viewer("adviser"))
    row = Correction.objects.get()
    page = adviser.post(reverse("benefit:draft_repayment", args=[house.case.pk, row.pk]), follow=True)
    assert "med et annet beløp" in page.content.decode()
    assert Decision.objects.get() == made
    with writing("test"):
        Decision.objects.all().delete()
    propose_corrections(corrections=[row.pk], by=house.viewer("adviser"))
    confirm_corrections(corrections=[row.pk], by=leader)
    adviser.post(reverse("benefit:draft_repayment", args=[house.case.pk, row.pk]))
    prepared(house, "2026-12", on=date(2027, 1, 4))
    draft = Draft.objects.get()
    assert (draft.asks, draft.correction_ore) == ([["repayment_decided", "2026-11"]], 0)
    assert "trekkes ikke her" in adviser.get(reverse("benefit:case", args=[house.case.pk])).content.decode()
