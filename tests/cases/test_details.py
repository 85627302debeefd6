"""Changing what stands about a participant, at the door – by right, told in the timeline, and never over each other."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from samlop.access.models import Reading
from samlop.cases.journal import sentence
from samlop.cases.models import AdaptationNeed, Case, DuplicateSuspicion, JournalEntry, RestrictedNote
from samlop.core.time import now, today
from samlop.core.writing import writing
from samlop.identifiers import synthetic_birth_number, synthetic_d_number
from samlop.people.models import Person, PersonIdentifier
from samlop.people.vocabulary import Protection
from tests.cases.doors import browser, text_of
from tests.house import House, case, person

NUMBER = synthetic_birth_number(date(1990, 4, 2), 0)


def where(house: House, page: str = "") -> str:
    return f"/sak/{house.case.pk}/opplysninger/{page}"


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What the form on the page holds, as the browser would send it back."""
    page = client.get(address).content.decode()
    page = page[page.rindex("<form", 0, page.index('name="once"')) :]
    page = page[: page.index("</form>")]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = html.unescape(value[1]) if value else "on" if "checkbox" in tag else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        found[name] = re.findall(r'<option value="([^"]*)" selected', options)
    return found


def told(house: House) -> list[str]:
    """The timeline's sentences, the oldest first."""
    return [sentence(entry) for entry in JournalEntry.objects.filter(case=house.case).order_by("seq")]


def change(house: House, who: str, page: str, **changed: Any) -> Any:
    client = browser(house, who)
    return client.post(where(house, page), {**form_of(client, where(house, page)), **changed})


class TestContact:
    def test_is_changed_and_told(self, house: House) -> None:
        assert change(house, "adviser", "kontakt/", phone="+47 400 00 000", language="ti").status_code == 302
        who = Person.objects.get(pk=house.case.person_id)
        assert (who.phone, [row.code for row in who.languages.all()]) == ("+47 400 00 000", ["ti"])
        assert told(house) == ["skrev inn telefon: «+47 400 00 000» og skrev inn språk i samtaler og brev: «tigrinja»"]
        change(house, "adviser", "kontakt/", phone="")
        assert told(house)[-1] == "tok bort telefon «+47 400 00 000»"

    @pytest.mark.parametrize("who", ["participant", "colleague", "leader"])
    def test_whoever_may_contribute_may_do_it(self, house: House, who: str) -> None:
        assert change(house, who, "kontakt/", address="Elveveien 1").status_code == 302

    @pytest.mark.parametrize("who", ["nav", "teacher"])
    def test_others_are_told_whom_to_ask(self, house: House, who: str) -> None:
        answer = browser(house, who).get(where(house, "kontakt/"))
        assert (answer.status_code, "Skriv til hovedkontakten" in text_of(answer)) == (403, True)

    def test_nothing_changed_is_not_told(self, house: House) -> None:
        assert change(house, "adviser", "kontakt/").status_code == 302
        assert told(house) == []

    def test_what_is_wrong_is_said_and_nothing_lost(self, house: House) -> None:
        answer = change(house, "adviser", "kontakt/", email="selam", address="Elveveien 1")
        assert answer.status_code == 422
        assert 'value="Elveveien 1"' in text_of(answer)

    def test_several_languages_keep_their_order(self, house: House) -> None:
        change(house, "adviser", "kontakt/", language="ti", other_languages=["am", "en"], mother_tongue="ti")
        change(house, "adviser", "kontakt/", other_languages=["en", "am", "ar"])
        assert [row.code for row in house.case.person.languages.all()] == ["ti", "am", "en", "ar"]


class TestTwoAtOnce:
    """Nobody's text is lost, and nobody overwrites what they have not seen."""

    def test_different_fields_go_together(self, house: House) -> None:
        mine = browser(house, "adviser")
        form = form_of(mine, where(house, "kontakt/"))
        change(house, "leader", "kontakt/", address="Elveveien 1")
        assert mine.post(where(house, "kontakt/"), {**form, "phone": "400 00 000"}).status_code == 302
        who = Person.objects.get(pk=house.case.person_id)
        assert (who.address, who.phone) == ("Elveveien 1", "400 00 000")

    def test_the_same_field_is_shown_beside_mine(self, house: House) -> None:
        mine = browser(house, "adviser")
        form = form_of(mine, where(house, "kontakt/"))
        change(house, "leader", "kontakt/", phone="111 11 111", address="Elveveien 1")
        answer = mine.post(where(house, "kontakt/"), {**form, "phone": "222 22 222"})
        page = text_of(answer)
        assert answer.status_code == 409
        assert "Noen andre var før deg" in page
        assert "111 11 111" in page
        assert 'value="222 22 222"' in page, "what I typed is kept"
        assert 'value="Elveveien 1"' in page, "what I did not touch is as it stands"
        assert Person.objects.get(pk=house.case.person_id).phone == "111 11 111"

    def test_saving_again_is_a_choice(self, house: House) -> None:
        mine = browser(house, "adviser")
        form = form_of(mine, where(house, "kontakt/"))
        change(house, "leader", "kontakt/", phone="111 11 111")
        answer = mine.post(where(house, "kontakt/"), {**form, "phone": "222 22 222"})
        seen = html.unescape(re.search(r'name="seen" value="([^"]*)"', answer.content.decode())[1])  # type: ignore[index]
        again = {**form, "phone": "222 22 222", "seen": seen, "once": ""}
        assert mine.post(where(house, "kontakt/"), again).status_code == 302
        assert Person.objects.get(pk=house.case.person_id).phone == "222 22 222"

    def test_the_same_change_is_no_quarrel(self, house: House) -> None:
        mine = browser(house, "adviser")
        form = form_of(mine, where(house, "person/"))
        change(house, "leader", "person/", gender="woman")
        assert mine.post(where(house, "person/"), {**form, "gender": "woman"}).status_code == 302
        assert len(told(house)) == 1


class TestPerson:
    def test_is_changed_and_told_without_the_number(self, house: House) -> None:
        answer = change(house, "adviser", "person/", number=NUMBER, settled_on="10.2.2026", permit="B")
        assert answer.status_code == 302
        sentences = " ".join(told(house))
        assert "skrev inn fødselsdato: «02.04.1990»" in sentences, "filled from the number"
        assert "la inn fødselsnummer" in sentences
        assert "10.02.2026" in sentences
        assert NUMBER not in sentences
        assert not JournalEntry.objects.filter(data__icontains=NUMBER).exists()

    def test_a_birth_number_comes_beside_the_d_number(self, house: House) -> None:
        change(house, "adviser", "person/", number=synthetic_d_number(date(1990, 4, 2), 0))
        change(house, "adviser", "person/", number=NUMBER)
        kinds = set(PersonIdentifier.objects.values_list("kind", flat=True))
        assert kinds == {"d_number", "birth_number"}

    def test_a_number_is_corrected_and_taken_away(self, house: House) -> None:
        change(house, "adviser", "person/", number=NUMBER)
        change(house, "adviser", "person/", number=synthetic_birth_number(date(1990, 4, 2), 1))
        change(house, "adviser", "person/", number="")
        assert [text for text in told(house) if "nummer" in text] == [
            "la inn fødselsnummer",
            "rettet fødselsnummer",
            "tok bort fødselsnummer",
        ]

    def test_a_number_that_somebody_else_has(self, house: House) -> None:
        other = case(house, person(house.municipality, "Hanna", "Olsen"))
        with writing("test"):
            PersonIdentifier.objects.create(
                person=other.person, municipality=house.municipality, kind="birth_number", value=NUMBER
            )
        answer = change(house, "adviser", "person/", number=NUMBER)
        assert (answer.status_code, "registrert på Hanna Olsen" in text_of(answer)) == (422, True)

    def test_a_number_that_a_protected_person_has_says_nothing(self, house: House) -> None:
        other = case(house, person(house.municipality, "Hanna", protection=Protection.CONFIDENTIAL), team=("nav",))
        with writing("test"):
            PersonIdentifier.objects.create(
                person=other.person, municipality=house.municipality, kind="birth_number", value=NUMBER
            )
        assert change(house, "adviser", "person/", number=NUMBER).status_code == 302
        assert DuplicateSuspicion.objects.get().case == other

    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            ({"given_name": "", "family_name": ""}, "Skriv navnet"),
            ({"number": NUMBER, "birth_date": "1.1.1991"}, "Fødselsdatoen er en annen"),
            ({"settled_on": "1.1.2026", "arrived_on": "1.2.2026"}, "før ankomsten"),
            ({"protection": "kode 9"}, "gyldig valg"),
        ],
    )
    def test_refusals(self, house: House, changed: dict[str, str], says: str) -> None:
        answer = change(house, "adviser", "person/", **changed)
        assert (answer.status_code, says in text_of(answer)) == (422, True)
        assert told(house) == []

    def test_protection_needs_somebody_named(self, house: House) -> None:
        with writing("test"):
            house.case.team.update(user=None)
        answer = change(house, "leader", "person/", protection="confidential")
        assert (answer.status_code, "bare navngitte personer" in text_of(answer)) == (422, True)

    def test_protection_shuts_the_others_out_at_once(self, house: House) -> None:
        change(house, "adviser", "person/", protection="strictly_confidential")
        assert browser(house, "leader").get(where(house)).status_code == 404
        assert browser(house, "nav").get(where(house)).status_code == 200

    def test_another_unit_takes_the_case_over(self, house: House) -> None:
        change(house, "adviser", "person/", owner_unit=str(house.units["nav"].pk))
        assert Case.objects.get(pk=house.case.pk).owner_unit == house.units["nav"]
        assert "endret ansvarlig enhet" in told(house)[0]

    @pytest.mark.parametrize("who", ["nav", "teacher", "colleague", "participant"])
    def test_only_those_who_manage(self, house: House, who: str) -> None:
        assert browser(house, who).get(where(house, "person/")).status_code == 403

    def test_the_number_is_seen_by_those_who_need_it(self, house: House) -> None:
        change(house, "adviser", "person/", number=NUMBER)
        seen = {
            who: NUMBER in text_of(browser(house, who).get(where(house)))
            for who in ("adviser", "leader", "participant", "nav", "teacher", "colleague")
        }
        assert seen == {
            "adviser": True, "leader": True, "participant": True, "nav": False, "teacher": False, "colleague": False,
        }  # fmt: skip


class TestFamily:
    def rows(self, house: House) -> dict[str, Any]:
        return form_of(browser(house, "adviser"), where(house, "familie/"))

    def test_added_changed_and_taken_away(self, house: House) -> None:
        change(house, "adviser", "familie/", **{"family-0-relation": "child", "family-0-birth_date": "1.5.2015"})
        change(house, "adviser", "familie/", **{"family-0-name": "Hanna", "family-1-relation": "spouse"})
        assert set(house.case.person.family.values_list("relation", "name")) == {("child", "Hanna"), ("spouse", "")}
        rows = self.rows(house)
        gone = next(number for number in (0, 1) if rows[f"family-{number}-relation"] == ["child"])
        change(
            house,
            "adviser",
            "familie/",
            **{f"family-{gone}-relation": "", f"family-{gone}-name": "", f"family-{gone}-birth_date": ""},
        )
        assert told(house) == [
            "la til familie: barn",
            "la til familie: ektefelle og rettet familie: barn",
            "tok bort familie: barn",
        ]

    def test_what_others_added_meanwhile_stays(self, house: House) -> None:
        mine, form = browser(house, "adviser"), self.rows(house)
        change(house, "leader", "familie/", **{"family-0-relation": "child"})
        mine.post(where(house, "familie/"), {**form, "family-0-relation": "spouse"})
        assert set(house.case.person.family.values_list("relation", flat=True)) == {"child", "spouse"}


class TestNeeds:
    def send(self, house: House, who: str, codes: list[str], seen: str = "") -> Any:
        return browser(house, who).post(where(house, "tilrettelegging/"), {"needs-codes": codes, "needs-seen": seen})

    def test_what_helps_is_set_and_ended(self, house: House) -> None:
        assert self.send(house, "adviser", ["quiet_room", "breaks"]).status_code == 302
        assert self.send(house, "adviser", ["breaks"], "breaks quiet_room").status_code == 302
        assert told(house) == [
            "la til behov for tilrettelegging: flere pauser og rolig rom",
            "avsluttet behov: rolig rom",
        ]
        assert AdaptationNeed.objects.get(code="quiet_room").until == today()

    def test_what_others_set_meanwhile_stays(self, house: House) -> None:
        self.send(house, "adviser", ["breaks"])
        self.send(house, "adviser", ["quiet_room"], "")
        assert set(house.case.needs.filter(until=None).values_list("code", flat=True)) == {"breaks", "quiet_room"}

    def test_an_unknown_code_is_refused(self, house: House) -> None:
        assert self.send(house, "adviser", ["diagnosis"]).status_code == 422

    def test_seen_only_with_the_section_and_logged(self, house: House) -> None:
        self.send(house, "adviser", ["quiet_room"])
        assert "Rolig rom" in text_of(browser(house, "nav").get(where(house)))
        assert "Rolig rom" not in text_of(browser(house, "colleague").get(where(house)))
        assert "olig rom" not in text_of(browser(house, "colleague").get(f"/sak/{house.case.pk}/tidslinje/"))
        logged = Reading.objects.filter(section="needs").values_list("user_id", flat=True)
        assert house.users["nav"].pk in logged
        assert house.users["colleague"].pk not in logged

    @pytest.mark.parametrize("who", ["nav", "teacher", "colleague", "participant"])
    def test_who_may_not(self, house: House, who: str) -> None:
        assert self.send(house, who, ["quiet_room"]).status_code == 403


class TestNotes:
    """A note is read by those named, and by nobody else known to be there."""

    def address(self, house: House) -> str:
        return f"/sak/{house.case.pk}/notater/"

    def write(
        self, house: House, who: str = "adviser", readers: tuple[str, ...] = ("nav",), text: str = "Hemmelig"
    ) -> Any:
        keys = [str(house.users[name].pk) for name in readers]
        return browser(house, who).post(self.address(house), {"text": text, "readers": keys})

    def test_those_named_read_it(self, house: House) -> None:
        assert self.write(house).status_code == 302
        for who in ("adviser", "nav"):
            assert "Hemmelig" in text_of(browser(house, who).get(self.address(house))), who
            assert "skrev et notat" in text_of(browser(house, who).get(f"/sak/{house.case.pk}/tidslinje/")), who

    @pytest.mark.parametrize("who", ["teacher", "leader", "colleague", "participant", "nav_leader"])
    def test_nobody_else_learns_of_it(self, house: House, who: str) -> None:
        self.write(house)
        client = browser(house, who)
        page = client.get(self.address(house))
        assert page.status_code == (200 if who == "teacher" else 403)
        assert "Hemmelig" not in text_of(page)
        assert "skrev et notat" not in text_of(client.get(f"/sak/{house.case.pk}/tidslinje/"))
        assert house.viewer(who).scope(RestrictedNote).count() == 0
        assert not house.viewer(who).scope(JournalEntry).filter(code="notes.added").exists()

    @pytest.mark.parametrize(
        ("readers", "text", "says"),
        [
            ((), "Hemmelig", "Hvem skal kunne lese"),
            (("nav",), "", "Notat"),
            (("colleague",), "Hemmelig", "Hvem skal kunne lese"),
            (("nav",), f"Gjelder {NUMBER}", "inneholder et fødselsnummer"),
        ],
    )
    def test_refusals(self, house: House, readers: tuple[str, ...], text: str, says: str) -> None:
        answer = self.write(house, readers=readers, text=text)
        assert (answer.status_code, says in text_of(answer)) == (422, True)

    def test_whoever_leaves_the_team_reads_no_more(self, house: House) -> None:
        self.write(house)
        with writing("test"):
            house.case.team.filter(user=house.users["nav"]).delete()
        assert browser(house, "nav").get(self.address(house)).status_code == 404


class TestClosing:
    def address(self, house: House) -> str:
        return f"/sak/{house.case.pk}/avslutning/"

    def test_ended_it_is_read_not_changed_and_opened_again(self, house: House) -> None:
        client = browser(house, "adviser")
        assert client.post(self.address(house), {"reason": "Fullført"}).status_code == 302
        assert Case.objects.get(pk=house.case.pk).status == "ended"
        form = {"phone": "1", "interpreter": "unknown", "seen": "{}"}
        assert client.post(where(house, "kontakt/"), form).status_code == 403
        assert client.get(where(house)).status_code == 200
        assert client.post(self.address(house), {"reason": "For tidlig"}).status_code == 302
        assert Case.objects.get(pk=house.case.pk).is_open
        assert told(house) == ["avsluttet saken. Grunn: Fullført", "åpnet saken igjen. Grunn: For tidlig"]

    def test_a_reason_is_needed(self, house: House) -> None:
        assert browser(house, "adviser").post(self.address(house), {"reason": " "}).status_code == 422

    def test_a_newer_case_stands_in_the_way(self, house: House) -> None:
        with writing("test"):
            Case.objects.filter(pk=house.case.pk).update(status="ended", closed_at=now())
        case(house, house.case.person)
        answer = browser(house, "adviser").post(self.address(house), {"reason": "Tilbake"})
        assert (answer.status_code, "nyere sak" in text_of(answer)) == (422, True)

    def test_a_stale_page_does_not_do_the_opposite(self, house: House) -> None:
        browser(house, "leader").post(self.address(house), {"reason": "Fullført", "act": "close"})
        browser(house, "adviser").post(self.address(house), {"reason": "Fullført", "act": "close"})
        assert Case.objects.get(pk=house.case.pk).status == "ended"

    @pytest.mark.parametrize("who", ["nav", "teacher", "colleague", "participant"])
    def test_only_those_who_manage_the_programme(self, house: House, who: str) -> None:
        assert browser(house, who).get(self.address(house)).status_code == 403


class TestTwice:
    """Those who hold the first case settle whether the newer is about the same person."""

    def suspicion(self, house: House) -> DuplicateSuspicion:
        newer = case(house, person(house.municipality, "Amina", "Østby"), team=("colleague",))
        with writing("test"):
            PersonIdentifier.objects.create(
                person=newer.person, municipality=house.municipality, kind="birth_number", value=NUMBER, disputed=True
            )
            made: DuplicateSuspicion = DuplicateSuspicion.objects.create(
                case=house.case, municipality=house.municipality, newer=newer, by_number=True, noted_at=now()
            )
        return made

    def test_it_is_shown_to_those_who_manage(self, house: House) -> None:
        self.suspicion(house)
        assert "Kan være registrert to ganger" in text_of(browser(house, "adviser").get(where(house)))
        for who in ("nav", "colleague", "participant"):
            assert "to ganger" not in text_of(browser(house, who).get(where(house))), who

    @pytest.mark.parametrize(("answer", "status", "numbers"), [("yes", "ended", 0), ("no", "active", 0)])
    def test_settled(self, house: House, answer: str, status: str, numbers: int) -> None:
        found = self.suspicion(house)
        address = where(house, f"avklar/{found.pk}/")
        assert browser(house, "adviser").post(address, {"same_person": answer}).status_code == 302
        assert Case.objects.get(pk=found.newer_id).status == status
        assert PersonIdentifier.objects.filter(disputed=True).count() == numbers
        names = JournalEntry.objects.filter(case=found.newer_id).values_list("user_name", flat=True)
        assert "Adviser" not in names, "the newer case does not tell who holds the first"

    def test_settled_once(self, house: House) -> None:
        found = self.suspicion(house)
        address = where(house, f"avklar/{found.pk}/")
        browser(house, "adviser").post(address, {"same_person": "no"})
        answer = browser(house, "leader").post(address, {"same_person": "yes"}, follow=True)
        assert "Noen andre har allerede" in text_of(answer)
        assert Case.objects.get(pk=found.newer_id).is_open


def test_guests_do_not_read_the_papers(house: House) -> None:
    from datetime import timedelta

    from samlop.access.models import Grant

    with writing("test"):
        Grant.objects.create(
            case=house.case, municipality=house.municipality, user=house.users["employer"], sections=["work"],
            purpose="Praksis", agreed_how="Sa ja", granted_by_name="Adviser", valid_from=today(),
            valid_to=today() + timedelta(days=9), created_at=now(),
        )  # fmt: skip
    for page in ("opplysninger/", "team/", "tidslinje/"):
        assert browser(house, "employer").get(f"/sak/{house.case.pk}/{page}").status_code == 403, page


def test_few_queries(house: House, django_assert_max_num_queries: Any) -> None:
    client = browser(house, "adviser")
    with django_assert_max_num_queries(18):
        client.get(where(house))


def test_the_languages_of_the_participant_are_not_those_of_the_page(house: House) -> None:
    with writing("test"):
        house.case.person.languages.create(code="ti", is_mother_tongue=True, order=0)
    page = browser(house, "adviser").get(where(house)).content.decode()
    assert re.findall(r'name="language" value="(\w+)"', page) == ["nb", "nn", "en"]
    assert "tigrinja (morsmål)" in page
