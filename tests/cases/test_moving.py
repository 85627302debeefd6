"""Moving to another municipality: the new one takes over what it may see, the old keeps a trail that is only read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samlop.cases import moving
from samlop.cases.models import AdaptationNeed, Case, DuplicateSuspicion, JournalEntry
from samlop.core.errors import Refused
from samlop.core.gate import Entry, gate
from samlop.core.rights import Right, Section
from samlop.core.time import at, now, today
from samlop.core.writing import writing
from samlop.identifiers import synthetic_birth_number
from samlop.people.models import FamilyMember, PersonIdentifier, PersonLanguage
from samlop.people.vocabulary import Protection
from tests.cases.doors import browser, text_of
from tests.house import House, person

NUMBER = synthetic_birth_number(date(1990, 4, 2), 0)


def where(house: House) -> str:
    return f"/sak/{house.case.pk}/flytting/"


def move(house: House, who: str = "adviser", receiver: str = "", reason: str = "Fikk jobb i Skogdal") -> Any:
    unit = house.units["other_refugee"].pk
    told = {
        "kommune": str(house.other_municipality.pk),
        "to": f"{unit}:{house.users[receiver].pk}" if receiver else str(unit),
        "reason": reason,
    }
    return browser(house, who).post(where(house), told)


@pytest.fixture
def known(house: House) -> House:
    """The house's case with everything one may know of a person."""
    who = house.case.person
    with writing("test"):
        who.birth_date, who.phone, who.address, who.interpreter = (
            date(1990, 4, 2),
            "400 00 000",
            "Elveveien 1",
            "always",
        )
        who.save()
        PersonIdentifier.objects.create(person=who, municipality=house.municipality, kind="birth_number", value=NUMBER)
        PersonLanguage.objects.create(person=who, code="ti", is_mother_tongue=True)
        FamilyMember.objects.create(person=who, relation="child", name="Hanna")
        Case.objects.filter(pk=house.case.pk).update(permit="B", permit_granted_on=date(2025, 11, 3))
        AdaptationNeed.objects.create(case=house.case, code="quiet_room", since=today())
    return house


def arrived(house: House) -> Case:
    return Case.objects.select_related("person").get(municipality=house.other_municipality)


def test_the_new_municipality_gets_what_it_may_have(known: House) -> None:
    assert move(known).status_code == 302
    new = arrived(known)
    who = new.person
    assert new.continues_id == known.case.pk
    assert who.pk != known.case.person_id, "each municipality has its own register"
    assert (who.name, who.birth_date, who.phone, who.interpreter) == (
        "Amina Østby",
        date(1990, 4, 2),
        "400 00 000",
        "always",
    )
    assert [row.value for row in who.identifiers.all()] == [NUMBER]
    assert [row.code for row in who.languages.all()] == ["ti"]
    assert [row.name for row in who.family.all()] == ["Hanna"]
    assert (new.permit, new.permit_granted_on) == ("B", date(2025, 11, 3))
    assert who.user == known.users["participant"], "the participant sees both"


def test_the_rest_stays(known: House) -> None:
    move(known)
    new = arrived(known)
    assert new.person.address == ""
    assert not new.needs.exists()


def test_the_team_is_the_unit_until_it_chooses(known: House) -> None:
    move(known)
    place = arrived(known).team.get()
    assert (place.unit, place.user, place.function) == (known.units["other_refugee"], None, "main_contact")
    assert browser(known, "stranger").get(f"/sak/{arrived(known).pk}/team/").status_code == 200


def test_the_old_municipality_reads_and_does_not_write(known: House) -> None:
    move(known)
    old = Case.objects.get(pk=known.case.pk)
    assert (old.status, old.closed_at is not None) == ("moved", True)
    client = browser(known, "adviser")
    assert client.get(f"/sak/{old.pk}/tidslinje/").status_code == 200
    assert "flyttet saken til" in text_of(client.get(f"/sak/{old.pk}/tidslinje/"))
    form = {"phone": "1", "interpreter": "unknown", "seen": "{}"}
    refused = client.post(f"/sak/{old.pk}/opplysninger/kontakt/", form)
    assert (refused.status_code, "kan leses, men ikke endres" in text_of(refused)) == (403, True)
    assert client.get(f"/sak/{arrived(known).pk}/opplysninger/").status_code == 404


def test_whoever_takes_over_reads_what_was_handed_over(known: House) -> None:
    move(known, receiver="stranger")
    client = browser(known, "stranger")
    assert client.get(f"/sak/{known.case.pk}/opplysninger/").status_code == 200
    assert "Rolig rom" not in text_of(client.get(f"/sak/{known.case.pk}/opplysninger/"))
    assert browser(known, "other_leader").get(f"/sak/{known.case.pk}/opplysninger/").status_code == 404


def test_the_two_cases_lead_to_each_other_by_right(known: House) -> None:
    move(known, receiver="stranger")
    new = f"/sak/{arrived(known).pk}/opplysninger/"
    page = text_of(browser(known, "stranger").get(new))
    assert "Les saken i Elvestad" in page
    assert f'href="/sak/{known.case.pk}/opplysninger/"' in page
    assert "Les saken i" not in text_of(browser(known, "other_leader").get(new)), "only those named may read it"
    old = text_of(browser(known, "adviser").get(f"/sak/{known.case.pk}/opplysninger/"))
    assert "Deltakeren har flyttet til Skogdal." in old
    assert str(arrived(known).pk) not in old


def test_both_timelines_tell(known: House) -> None:
    move(known)
    codes = lambda one: list(JournalEntry.objects.filter(case=one).order_by("seq").values_list("code", flat=True))  # noqa: E731
    assert codes(known.case) == ["case.moved_out"]
    assert codes(arrived(known)) == ["case.registered", "team.joined", "case.moved_in"]
    assert "tok over saken fra Elvestad" in text_of(
        browser(known, "stranger").get(f"/sak/{arrived(known).pk}/tidslinje/")
    )


def test_rooms_above_carry_theirs_over(known: House, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def carry(old: Case, new: Case, by: Any) -> list[Entry]:
        seen.append((old.pk, new.continues_id))
        return []

    monkeypatch.setattr(moving, "CARRY", [(Section.PLAN, carry), (Section.ECONOMY, carry)])
    move(known)
    assert seen == [(known.case.pk, known.case.pk)], "the plan is handed over, economy is not"


def test_when_a_room_fails_nothing_has_moved(known: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def carry(old: Case, new: Case, by: Any) -> list[Entry]:
        raise Killed

    monkeypatch.setattr(moving, "CARRY", [(Section.PLAN, carry)])
    with pytest.raises(Killed):
        move(known)
    assert Case.objects.get().is_open


class TestKnownThere:
    """What the new municipality knows already is never told in the old."""

    def there(self, house: House, *, is_open: bool) -> Any:
        who = person(house.other_municipality, "Amina", "Østby")
        with writing("test"):
            PersonIdentifier.objects.create(
                person=who, municipality=house.other_municipality, kind="birth_number", value=NUMBER
            )
            Case.objects.create(
                municipality=house.other_municipality, person=who, owner_unit=house.units["other_refugee"],
                status="active" if is_open else "ended", registered_at="2024-01-01T12:00Z",
                closed_at=None if is_open else "2024-06-01T12:00Z",
            )  # fmt: skip
        return who

    def test_somebody_who_lived_there_before_gets_a_new_case(self, known: House) -> None:
        who = self.there(known, is_open=False)
        assert move(known).status_code == 302
        assert Case.objects.get(continues=known.case).person == who

    def test_an_open_case_there_is_settled_there(self, known: House) -> None:
        who = self.there(known, is_open=True)
        answer = move(known)
        assert answer.status_code == 302
        assert DuplicateSuspicion.objects.get().case.person == who
        assert not JournalEntry.objects.filter(case=known.case, code__startswith="case.maybe").exists()


class TestProtected:
    @pytest.fixture
    def protected(self, known: House) -> House:
        with writing("test"):
            known.case.person.protection = Protection.STRICTLY_CONFIDENTIAL
            known.case.person.save()
        return known

    def test_somebody_must_be_named_there(self, protected: House) -> None:
        answer = move(protected)
        assert (answer.status_code, "Avtal med enheten" in text_of(answer)) == (422, True)

    def test_only_the_one_named_opens_it(self, protected: House) -> None:
        assert move(protected, receiver="stranger").status_code == 302
        address = f"/sak/{arrived(protected).pk}/opplysninger/"
        assert browser(protected, "stranger").get(address).status_code == 200
        assert browser(protected, "other_leader").get(address).status_code == 404


def test_protection_comes_along_to_those_who_knew_the_person_before(known: House) -> None:
    who = TestKnownThere().there(known, is_open=False)
    with writing("test"):
        known.case.person.protection = Protection.STRICTLY_CONFIDENTIAL
        known.case.person.save()
    assert move(known, receiver="stranger").status_code == 302
    who.refresh_from_db()
    assert who.protection == Protection.STRICTLY_CONFIDENTIAL
    address = f"/sak/{Case.objects.get(continues=known.case).pk}/"
    assert browser(known, "other_leader").get(address).status_code == 404


def test_a_reason_is_needed_and_nothing_is_lost(known: House) -> None:
    answer = move(known, reason=" ")
    assert answer.status_code == 422
    assert "Flytt saken til Skogdal" in text_of(answer)


def test_the_own_municipality_is_no_place_to_move_to(known: House) -> None:
    page = text_of(browser(known, "adviser").get(where(known)))
    assert "Skogdal" in page
    assert f'value="{known.municipality.pk}"' not in page


def test_what_goes_along_is_said_before(known: House) -> None:
    page = text_of(browser(known, "adviser").get(where(known)))
    assert page.index("Følger med") < page.index("Planen") < page.index("Blir igjen her") < page.index("Økonomi")


def test_moved_once(known: House) -> None:
    move(known)
    assert move(known).status_code in (302, 403)
    assert Case.objects.count() == 2


@pytest.mark.parametrize("who", ["nav", "teacher", "colleague", "participant"])
def test_only_those_who_manage(known: House, who: str) -> None:
    assert browser(known, who).get(where(known)).status_code == 403
    assert move(known, who).status_code == 403


def writes(house: House, who: str, section: Section) -> str:
    """Empty where somebody may write in a section of the old case, else the code of the refusal."""
    try:
        gate().authorise(house.viewer(who), house.case.refreshed(), section, Right.CONTRIBUTE)
    except Refused as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("section", [Section.HOURS, Section.ECONOMY])
def test_what_the_last_payments_rest_on_can_be_put_right_for_three_months(known: House, section: Section) -> None:
    """The benefit is paid in arrears (integreringsloven § 24), so the old municipality is not yet done."""
    move(known)
    assert writes(known, "adviser", section) == ""
    assert writes(known, "participant", section) in ("no_writing_moved", f"no_right_{section}")
    with at(now() + timedelta(days=91)):
        assert writes(known, "adviser", section) == ""
    with at(now() + timedelta(days=93)):
        assert writes(known, "adviser", section) == "no_writing_moved"


@pytest.mark.parametrize("section", [one for one in Section if one not in (Section.HOURS, Section.ECONOMY)])
def test_everything_else_is_closed_from_the_day_of_the_move(known: House, section: Section) -> None:
    move(known)
    assert writes(known, "adviser", section) in ("no_writing_moved", f"no_right_{section}")


def test_an_absence_of_the_last_week_is_settled_after_the_move(known: House) -> None:
    move(known)
    typed = {"first": f"{today():%d.%m.%Y}", "last": "", "hours": "", "code": ""}
    assert browser(known, "adviser").post(f"/sak/{known.case.pk}/fravaer/nytt/", typed).status_code == 302
