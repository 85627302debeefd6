"""The timeline: every change as a readable sentence, filtered, corrected, and shown by right."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from samlop.access.models import Reading
from samlop.cases import journal, timeline
from samlop.cases.models import JournalEntry
from samlop.core.gate import Entry, gate
from samlop.core.rights import Section
from samlop.core.time import OSLO, at
from samlop.core.writing import writing
from tests.cases.doors import browser, text_of
from tests.house import House

TOLD = {"test.plain": lambda d: f"gjorde {d['what']}", "plan.test": lambda d: f"skrev {d['what']}"}


@pytest.fixture(autouse=True)
def _sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, sentence in TOLD.items():
        monkeypatch.setitem(journal._sentences, code, sentence)


def write(
    house: House, who: str, what: str, *, section: Section = Section.IDENTITY, on: date | None = None, **more: Any
) -> JournalEntry:
    """An entry in the house's case, written at noon on a day."""
    code = more.pop("code", "test.plain")
    with at(on or date(2026, 11, 2)), writing("test"):
        entry = Entry(code=code, section=section, data={"what": what, **more.pop("data", {})}, **more)
        found: JournalEntry = gate().record(house.case, house.viewer(who), entry)
        return found


def where(house: House, query: str = "") -> str:
    return f"/sak/{house.case.pk}/tidslinje/{query}"


def test_who_role_unit_when_and_what(house: House) -> None:
    write(house, "nav", "noe")
    page = text_of(browser(house, "adviser").get(where(house)))
    assert "gjorde noe" in page
    assert "NAV-veileder, Nav statlig elvestad" in page
    assert "02.11.2026 kl. 12.00" in page


def test_only_sections_the_viewer_may_see(house: House) -> None:
    write(house, "adviser", "økonomi", section=Section.ECONOMY)
    write(house, "adviser", "plan", section=Section.PLAN)
    page = text_of(browser(house, "teacher").get(where(house)))
    assert "gjorde plan" in page
    assert "gjorde økonomi" not in page


def test_notes_for_named_persons_are_not_even_hinted_at(house: House) -> None:
    readers = {"readers": [str(house.users["adviser"].pk)]}
    write(house, "adviser", "hemmelig", section=Section.RESTRICTED, data=readers)
    assert "gjorde hemmelig" in text_of(browser(house, "adviser").get(where(house)))
    for who in ("nav", "teacher", "leader", "participant", "colleague"):
        assert "gjorde hemmelig" not in text_of(browser(house, who).get(where(house))), who


def test_reading_is_logged_for_the_sections_shown(house: House) -> None:
    write(house, "adviser", "plan", section=Section.PLAN)
    browser(house, "nav").get(where(house))
    logged = set(Reading.objects.filter(user_id=house.users["nav"].pk).values_list("section", flat=True))
    assert logged == {"identity", "plan"}


def test_filters_in_the_address(house: House) -> None:
    write(house, "nav", "fra nav", on=date(2026, 3, 1))
    write(house, "adviser", "fra radgiver", on=date(2026, 5, 1), code="plan.test", section=Section.PLAN)
    write(house, "adviser", "samtale", on=date(2026, 7, 1), effort="conversation")
    client = browser(house, "adviser")
    expected = {
        f"?enhet={house.units['nav'].pk}": {"fra nav"},
        "?type=plan": {"fra radgiver"},
        "?type=efforts": {"samtale"},
        "?fra=1.4.2026&til=1.6.2026": {"fra radgiver"},
        "?fra=tull": {"fra nav", "fra radgiver", "samtale"},
        "?type=plan&enhet=" + str(house.units["nav"].pk): set(),
    }
    for query, found in expected.items():
        page = text_of(client.get(where(house, query)))
        assert {what for what in ("fra nav", "fra radgiver", "samtale") if f" {what}</span>" in page} == found, query


def test_phases_come_from_the_room_that_knows_them(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    spans = [timeline.Span("start", "startfase", date(2026, 1, 1), date(2026, 3, 31))]
    monkeypatch.setattr(timeline, "PHASES", [lambda case: spans])
    monkeypatch.setattr("samlop.cases.queries.timeline.PHASES", [lambda case: spans])
    write(house, "nav", "tidlig", on=date(2026, 3, 1))
    write(house, "nav", "sent", on=date(2026, 5, 1))
    page = text_of(browser(house, "adviser").get(where(house, "?fase=start")))
    assert "gjorde tidlig" in page
    assert "gjorde sent" not in page


def test_new_is_what_others_did_since_my_last_visit_before_today(house: House) -> None:
    write(house, "nav", "gammelt", on=date(2026, 11, 2))
    client = browser(house, "adviser")
    with at(datetime(2026, 11, 3, 9, tzinfo=OSLO)):
        client.get(where(house))
    write(house, "nav", "nytt", on=date(2026, 11, 4))
    write(house, "adviser", "mitt", on=date(2026, 11, 4))
    with at(datetime(2026, 11, 5, 9, tzinfo=OSLO)):
        client.get(where(house))
        page = text_of(client.get(where(house)))
        assert page.count("data-new") == 1, "still new on the second visit of the day"
        only = text_of(client.get(where(house, "?nytt=on")))
    assert "gjorde nytt" in only
    assert "gjorde gammelt" not in only


def test_pages_by_key_without_loss(house: House) -> None:
    for number in range(timeline.PAGE_SIZE + 5):
        write(house, "nav", f"nummer {number}.")
    client = browser(house, "adviser")
    first = text_of(client.get(where(house)))
    assert "nummer 44." in first
    assert "nummer 4." not in first
    assert "?eldre=6" in first
    second = text_of(client.get(where(house, "?eldre=6")))
    assert "nummer 4." in second
    assert "nummer 5." not in second
    assert "Vis eldre" not in second


def test_queries_do_not_grow(house: House, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        write(house, "nav", f"nummer {number}")
    client = browser(house, "adviser")
    with django_assert_max_num_queries(16):
        client.get(where(house))


class TestCorrections:
    """What is written is never changed; what is right comes beside it."""

    def correct(self, house: House, who: str, seq: int, text: str = "Det var tirsdag, ikke mandag.") -> Any:
        return browser(house, who).post(where(house, f"{seq}/rett/"), {"text": text})

    def test_the_old_stays_struck_through_with_a_link(self, house: House) -> None:
        wrong = write(house, "nav", "noe galt")
        assert self.correct(house, "adviser", wrong.seq).status_code == 302
        page = text_of(browser(house, "adviser").get(where(house)))
        assert "<s><strong" in page
        assert 'href="?eldre=3#h2"' in page
        assert "Det var tirsdag" in page
        assert JournalEntry.objects.get(seq=1).data == {"what": "noe galt"}

    def test_whoever_wrote_it_may_correct_it(self, house: House) -> None:
        wrong = write(house, "nav", "noe galt")
        assert self.correct(house, "nav", wrong.seq).status_code == 302

    @pytest.mark.parametrize("who", ["teacher", "colleague", "participant", "stranger"])
    def test_others_may_not(self, house: House, who: str) -> None:
        wrong = write(house, "nav", "noe galt")
        assert self.correct(house, who, wrong.seq).status_code == 404
        assert JournalEntry.objects.count() == 1

    @pytest.mark.parametrize("text", ["", "   "])
    def test_the_correction_says_something(self, house: House, text: str) -> None:
        wrong = write(house, "nav", "noe galt")
        assert self.correct(house, "nav", wrong.seq, text).status_code == 422

    def test_no_number_in_the_text(self, house: House) -> None:
        from samlop.identifiers import synthetic_birth_number

        wrong = write(house, "nav", "noe galt")
        number = synthetic_birth_number(date(1990, 4, 2), 0)
        answer = self.correct(house, "nav", wrong.seq, f"Det gjaldt {number[:6]} {number[6:]}")
        assert "inneholder et fødselsnummer" in text_of(answer)

    def test_once_is_enough(self, house: House) -> None:
        wrong = write(house, "nav", "noe galt")
        self.correct(house, "nav", wrong.seq)
        assert self.correct(house, "adviser", wrong.seq).status_code == 404

    def test_an_entry_of_another_section_is_not_there(self, house: House) -> None:
        wrong = write(house, "adviser", "økonomi", section=Section.ECONOMY)
        assert self.correct(house, "teacher", wrong.seq).status_code == 404


def test_days_are_norwegian_days(house: House) -> None:
    """A change at 00:30 in Oslo belongs to that day, also on the night the clock is turned."""
    night = datetime(2026, 10, 25, 0, 30, tzinfo=OSLO)
    with at(night), writing("test"):
        entry = gate().record(
            house.case, house.viewer("nav"), Entry(code="test.plain", section=Section.IDENTITY, data={"what": "x"})
        )
    assert entry.happened_on == date(2026, 10, 25)
    assert entry.at - timedelta(hours=3) < night
