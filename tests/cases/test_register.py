"""Registering a participant, at the door."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samlop.cases.models import Case, DuplicateSuspicion, JournalEntry, TeamMember
from samlop.core.ids import uuid7
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.identifiers import synthetic_birth_number, synthetic_d_number, synthetic_duf
from samlop.people.models import PersonIdentifier
from samlop.people.vocabulary import Protection
from tests.cases.doors import browser, family, newest, registration, text_of
from tests.house import House, case, person

BORN = date(1990, 4, 2)
NUMBER = synthetic_birth_number(BORN, 0)
WHERE = "/deltakere/ny/"


def test_only_a_name_is_needed(house: House) -> None:
    answer = browser(house, "adviser").post(WHERE, registration(house, family_name=""))
    assert answer.status_code == 302
    made = newest()
    assert (made.person.given_name, made.person.birth_date, made.person.gender) == ("Selam", None, "")
    assert made.municipality == house.municipality
    assert made.owner_unit == house.units["refugee"]


def test_whoever_registers_is_main_contact_and_plan_editor(house: House) -> None:
    page = text_of(browser(house, "adviser").get(WHERE))
    assert f'<option value="{house.units["refugee"].pk}:{house.users["adviser"].pk}" selected>' in page
    browser(house, "adviser").post(WHERE, registration(house))
    place = TeamMember.objects.get(case=newest(), function="main_contact")
    assert (place.user, place.is_editor, place.valid_from) == (house.users["adviser"], True, today())


def test_a_leader_who_registers_leaves_it_to_the_unit(house: House) -> None:
    page = text_of(browser(house, "leader").get(WHERE))
    assert f'<option value="{house.units["refugee"].pk}" selected>' in page


def test_units_come_into_the_team_without_a_named_person(house: House) -> None:
    told = registration(house, units=[str(house.units["nav"].pk), str(house.units["school"].pk)])
    browser(house, "adviser").post(WHERE, told)
    places = {place.unit: place for place in newest().team.all()}
    assert places[house.units["nav"]].function == "nav_contact"
    assert places[house.units["school"]].user is None


def test_everything_told_is_kept(house: House) -> None:
    told = registration(
        house,
        number=NUMBER,
        duf=synthetic_duf(2024, 1),
        gender="woman",
        language="ti",
        other_languages=["am", "en"],
        mother_tongue="ti",
        interpreter="always",
        phone="+47 400 00 000",
        email="selam@example.test",
        address="Elveveien 1",
        settled_on="10.2.2026",
        arrived_on="1.12.2025",
        permit="B",
        permit_granted_on="3.11.2025",
        **family({"relation": "child", "name": "Hanna", "birth_date": "1.5.2015", "lives_together": "on"}),
    )
    assert browser(house, "adviser").post(WHERE, told).status_code == 302
    made = newest()
    who = made.person
    assert who.birth_date == BORN, "filled from the number"
    assert [(row.code, row.is_mother_tongue) for row in who.languages.all()] == [
        ("ti", True),
        ("am", False),
        ("en", False),
    ]
    assert {(row.kind, row.value) for row in who.identifiers.all()} == {
        ("birth_number", NUMBER),
        ("duf", synthetic_duf(2024, 1)),
    }
    assert (made.settled_on, made.arrived_on, made.permit, made.permit_granted_on) == (
        date(2026, 2, 10),
        date(2025, 12, 1),
        "B",
        date(2025, 11, 3),
    )
    assert [(row.relation, row.birth_date) for row in who.family.all()] == [("child", date(2015, 5, 1))]


def test_the_number_is_not_in_the_journal(house: House) -> None:
    browser(house, "adviser").post(WHERE, registration(house, number=NUMBER))
    entries = JournalEntry.objects.filter(case=newest())
    assert [entry.code for entry in entries] == ["team.joined", "case.registered"]
    assert not any(NUMBER in str(entry.data) for entry in entries)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"given_name": "", "family_name": ""}, "Skriv navnet"),
        ({"given_name": "a" * 301}, "høyst 300 tegn"),
        ({"number": NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)}, "Nummeret er ikke gyldig"),
        ({"number": "123"}, "har 11 sifre"),
        ({"number": NUMBER, "birth_date": "3.4.1990"}, "Fødselsdatoen er en annen"),
        ({"number": NUMBER, "duf": NUMBER}, "samme slags nummer"),
        ({"birth_date": "1.1.2090"}, "fram i tid"),
        ({"settled_on": "1.2.2026", "arrived_on": "1.3.2026"}, "før ankomsten"),
        ({"birth_date": "1.1.2000", "arrived_on": "1.1.1999"}, "før deltakeren ble født"),
        ({"main_contact": ""}, "Hovedkontakt"),
        ({"family-0-name": "Hanna"}, "Velg hvilken relasjon"),
        ({"settled_on": "32.1.2026"}, "forstår ikke datoen"),
    ],
)
def test_refusals_say_what_to_do_and_lose_nothing(house: House, told: dict[str, str], says: str) -> None:
    answer = browser(house, "adviser").post(WHERE, registration(house, address="Elveveien 1", **told))
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert 'value="Elveveien 1"' in text_of(answer)
    assert Case.objects.count() == 1


def test_an_error_never_repeats_the_number_outside_its_field(house: House) -> None:
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    page = text_of(browser(house, "adviser").post(WHERE, registration(house, number=wrong)))
    assert page.count(wrong) == 1


@pytest.mark.parametrize(
    "name", ["محمد علي", "ተስፋይ", "Олександра", "Nguyễn Thị Hồng", "O'Brien-Østby", "a" * 300, "李", "S\u0301elam"]
)
def test_names_in_every_script_are_kept(house: House, name: str) -> None:
    assert browser(house, "adviser").post(WHERE, registration(house, given_name=name)).status_code == 302
    assert newest().person.sort_key


def test_one_name_is_enough_whichever_field_it_is_in(house: House) -> None:
    browser(house, "adviser").post(WHERE, registration(house, given_name="", family_name="Tesfay"))
    assert (newest().person.given_name, newest().person.family_name) == ("Tesfay", "")


@pytest.mark.parametrize("who", ["nav", "teacher", "health", "county", "operator", "employer", "participant"])
def test_only_roles_with_the_permission(house: House, who: str) -> None:
    assert browser(house, who).post(WHERE, registration(house)).status_code == 403
    assert Case.objects.count() == 1


def test_another_municipalitys_unit_cannot_be_given_the_case(house: House) -> None:
    told = registration(house, owner_unit=str(house.units["other_refugee"].pk))
    assert browser(house, "adviser").post(WHERE, told).status_code == 422


def test_a_double_click_registers_once(house: House) -> None:
    client, told = browser(house, "adviser"), registration(house, once=str(uuid7()))
    first, second = (client.post(WHERE, told) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 2


class TestDuplicates:
    """Whoever may be known is shown before anything is saved – to those who may know."""

    def known(self, house: House, **extra: Any) -> Case:
        return case(house, person(house.municipality, "Selam", "Tesfay", birth_date=BORN, **extra))

    def test_the_same_name_and_birth_date_is_shown_and_registered_anyway(self, house: House) -> None:
        self.known(house)
        client, told = browser(house, "adviser"), registration(house, birth_date="2.4.1990")
        answer = client.post(WHERE, told)
        assert answer.status_code == 422
        assert "Kan det være en av disse?" in text_of(answer)
        assert Case.objects.count() == 2
        assert client.post(WHERE, {**told, "same_person": "new"}).status_code == 302
        assert Case.objects.count() == 3

    @pytest.mark.parametrize("name", ["Selaam", "Salam"])
    def test_a_similar_name_with_the_same_birth_date_is_shown(self, house: House, name: str) -> None:
        self.known(house)
        answer = browser(house, "adviser").post(WHERE, registration(house, given_name=name, birth_date="2.4.1990"))
        assert "Navnet ligner" in text_of(answer)

    def test_names_in_another_order_are_the_same(self, house: House) -> None:
        self.known(house)
        told = registration(house, given_name="Tesfay", family_name="Selam", birth_date="2.4.1990")
        assert "Samme navn og fødselsdato" in text_of(browser(house, "adviser").post(WHERE, told))

    def test_another_name_on_the_same_day_is_somebody_else(self, house: House) -> None:
        self.known(house)
        told = registration(house, given_name="Olena", family_name="Kovalenko", birth_date="2.4.1990")
        assert browser(house, "adviser").post(WHERE, told).status_code == 302

    def number(self, known: Case) -> None:
        with writing("test"):
            PersonIdentifier.objects.create(
                person=known.person, municipality=known.municipality, kind="birth_number", value=NUMBER
            )

    def test_a_known_number_cannot_be_registered_again(self, house: House) -> None:
        self.number(self.known(house))
        told = registration(house, given_name="Helt", family_name="Annen", number=NUMBER, same_person="new")
        answer = browser(house, "adviser").post(WHERE, told)
        assert answer.status_code == 422
        assert "allerede registrert" in text_of(answer)
        assert "Selam Tesfay" in text_of(answer)

    def test_two_numbers_of_a_kind_are_two_people(self, house: House) -> None:
        self.number(self.known(house))
        told = registration(house, number=synthetic_birth_number(BORN, 1))
        assert browser(house, "adviser").post(WHERE, told).status_code == 302

    def test_a_d_number_beside_a_birth_number_may_be_the_same_person(self, house: House) -> None:
        self.number(self.known(house))
        told = registration(house, number=synthetic_d_number(BORN, 1))
        assert browser(house, "adviser").post(WHERE, told).status_code == 422

    def test_somebody_who_had_a_case_before_gets_a_new_one(self, house: House) -> None:
        known = self.known(house)
        with writing("test"):
            Case.objects.filter(pk=known.pk).update(status="ended", closed_at=known.registered_at)
        client, told = browser(house, "adviser"), registration(house, birth_date="2.4.1990")
        assert "åpne en ny sak" in text_of(client.post(WHERE, told))
        assert client.post(WHERE, {**told, "same_person": str(known.person_id)}).status_code == 302
        assert newest().person == known.person

    def test_another_municipality_is_never_asked(self, house: House) -> None:
        self.number(self.known(house))
        unit = house.units["other_refugee"].pk
        told = registration(
            house, number=NUMBER, owner_unit=str(unit), main_contact=f"{unit}:{house.users['stranger'].pk}"
        )
        assert browser(house, "stranger").post(WHERE, told).status_code == 302
        assert DuplicateSuspicion.objects.count() == 0

    def test_a_protected_person_is_not_told_of(self, house: House) -> None:
        """The answer is word for word the one for somebody nobody knows; those who hold the case get to know."""
        known = self.known(house, protection=Protection.STRICTLY_CONFIDENTIAL)
        self.number(known)
        colleague = browser(house, "colleague")
        unit = house.units["refugee"].pk
        told = registration(house, number=NUMBER, main_contact=f"{unit}:{house.users['colleague'].pk}")
        answer = colleague.post(WHERE, told, follow=True)
        assert "er registrert, og saken er åpnet" in text_of(answer)
        made = newest()
        assert made.person != known.person
        suspicion = DuplicateSuspicion.objects.get()
        assert (suspicion.case, suspicion.newer, suspicion.by_number) == (known, made, True)
        assert JournalEntry.objects.filter(case=known, code="case.maybe_registered_twice").exists()
        assert not JournalEntry.objects.filter(case=made, code="case.maybe_registered_twice").exists()

    def test_those_named_on_a_protected_case_are_shown_it(self, house: House) -> None:
        self.number(self.known(house, protection=Protection.CONFIDENTIAL))
        answer = browser(house, "adviser").post(WHERE, registration(house, number=NUMBER))
        assert answer.status_code == 422


def test_a_protected_participant_needs_a_named_person(house: House) -> None:
    told = registration(house, protection="confidential", main_contact=str(house.units["refugee"].pk))
    answer = browser(house, "adviser").post(WHERE, told)
    assert "bare navngitte personer" in text_of(answer)


def test_whoever_registers_a_protected_person_for_others_lets_go_of_it(house: House) -> None:
    unit = house.units["refugee"].pk
    told = registration(house, protection="confidential", main_contact=f"{unit}:{house.users['adviser'].pk}")
    answer = browser(house, "colleague").post(WHERE, told, follow=True)
    assert "du er ikke en av dem" in text_of(answer)


def test_killed_in_the_middle_nothing_is_half_done(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    monkeypatch.setattr("samlop.cases.gatekeeper.append", killed)
    with pytest.raises(Killed):
        browser(house, "adviser").post(WHERE, registration(house, number=NUMBER))
    assert Case.objects.count() == 1
    assert not PersonIdentifier.objects.exists()


def test_few_queries_however_many_colleagues(house: House, django_assert_max_num_queries: Any) -> None:
    client = browser(house, "adviser")
    client.get(WHERE)
    with django_assert_max_num_queries(14):
        client.get(WHERE)


def test_a_settlement_may_lie_ahead(house: House) -> None:
    ahead = today() + timedelta(days=40)
    assert browser(house, "adviser").post(WHERE, registration(house, settled_on=f"{ahead:%d.%m.%Y}")).status_code == 302
    assert newest().settled_on == ahead
