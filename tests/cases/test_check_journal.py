"""``samlop check journal``: whatever is changed, taken away or put in is found and named."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from samlop.cases import journal
from samlop.cases.checks import journal as check
from samlop.cases.models import Case, JournalEntry, JournalHead
from samlop.core.gate import Entry, gate
from samlop.core.rights import Section
from samlop.core.writing import writing
from samlop.site import check as site
from tests.house import House, case, person


@pytest.fixture
def written(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Two cases with five entries each."""
    monkeypatch.setitem(journal._sentences, "test.plain", lambda d: "gjorde noe")
    other = case(house, person(house.municipality, "Hanna"))
    with writing("test"):
        for number in range(5):
            for one in (house.case, other):
                entry = Entry(code="test.plain", section=Section.PLAN, data={"number": number, "text": "Ø"})
                gate().record(one, house.viewer("adviser"), entry)
    return house


def tamper(sql: str, *values: Any) -> None:
    """Somebody with the keys of the database goes past its guards."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    monkeypatch.setattr("samlop.site.cli.prepare", lambda: None)
    status = site.main(["journal"])
    return status, capsys.readouterr().out


def test_whole_journals_say_how_many_were_read(
    written: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, monkeypatch) == (0, "Alle tidslinjer er hele. 10 innføringer er lest.\n")


def test_the_head_follows_one_entry_and_many(written: House) -> None:
    head = JournalHead.objects.get(case=written.case)
    last = JournalEntry.objects.get(case=written.case, seq=5)
    assert (head.length, head.hash) == (5, last.hash)


FORGERIES = {
    "changed": ("UPDATE cases_journalentry SET data = '{}' WHERE case_id = %s AND seq = 3", 3, "er endret"),
    "another author": ("UPDATE cases_journalentry SET user_name = 'X' WHERE case_id = %s AND seq = 2", 2, "er endret"),
    "backdated": (
        "UPDATE cases_journalentry SET at = at - interval '1 day' WHERE case_id = %s AND seq = 1",
        1,
        "endret",
    ),
    "taken out": ("DELETE FROM cases_journalentry WHERE case_id = %s AND seq = 2", 2, "mangler"),
    "first gone": ("DELETE FROM cases_journalentry WHERE case_id = %s AND seq = 1", 1, "mangler"),
    "last gone": ("DELETE FROM cases_journalentry WHERE case_id = %s AND seq = 5", 5, "slutten"),
    "tail gone": ("DELETE FROM cases_journalentry WHERE case_id = %s AND seq > 2", 3, "slutten"),
    "all gone": ("DELETE FROM cases_journalentry WHERE case_id = %s", 1, "hele tidslinjen"),
    "head gone": ("DELETE FROM cases_journalhead WHERE case_id = %s", 5, "hodet"),
}


@pytest.mark.parametrize("what", list(FORGERIES))
def test_the_first_broken_entry_is_named(
    written: House, what: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sql, seq, says = FORGERIES[what]
    tamper(sql, written.case.pk)
    status, said = run(capsys, monkeypatch)
    assert status == 1
    assert f"Elvestad, sak {written.case.pk}, innføring {seq}: " in said
    assert says in said


def test_a_renumbered_chain_with_new_hashes_is_found_by_the_head(written: House) -> None:
    """Somebody takes out the last entry and writes another one in its place, with a right hash."""
    last = JournalEntry.objects.get(case=written.case, seq=5)
    last.data = {"number": 99}
    tamper(
        "UPDATE cases_journalentry SET data = %s::jsonb, hash = %s WHERE id = %s",
        '{"number": 99}',
        last.fingerprint(),
        last.pk,
    )
    _count, broken = check()
    assert broken is not None
    assert (broken.seq, broken.what) == (5, "er ikke den som ble skrevet sist")


def test_the_other_case_is_read_although_one_is_broken_later(written: House) -> None:
    last_case = Case.objects.order_by("-pk")[0]
    tamper("DELETE FROM cases_journalentry WHERE case_id = %s AND seq = 5", last_case.pk)
    count, broken = check()
    assert count == 9
    assert broken is not None
    assert broken.case_id == last_case.pk


def test_a_database_that_refuses_says_so(written: House) -> None:
    from django.db import IntegrityError, transaction

    for sql in ("UPDATE cases_journalentry SET user_name = 'X'", "DELETE FROM cases_journalentry"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_read_in_chunks_with_progress(written: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samlop.cases.checks.CHUNK", 4)
    told: list[tuple[int, int]] = []
    check(lambda done, total: told.append((done, total)))
    assert told == [(4, 10), (8, 10), (10, 10)]


@pytest.mark.parametrize("arguments", [[], ["tidslinje"], ["journal", "--fix"]])
def test_a_wrong_call_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        site.main(arguments)
    assert stop.value.code == 2
    assert '"error": "invalid_call"' in capsys.readouterr().err
