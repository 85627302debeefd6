"""A note for named persons is never left without somebody who can read it, and nobody else reads it meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samlop.access.viewer import Viewer
from samlop.cases.commands.leaving import end_membership
from samlop.cases.commands.needs import add_note
from samlop.cases.models import Case, JournalEntry, RestrictedNote, TeamMember
from samlop.cases.queries.notes import notes
from samlop.core.errors import Refused
from samlop.core.time import at, now, today
from samlop.core.writing import writing
from samlop.people.models import Membership
from tests.cases.doors import browser
from tests.house import EARLY, House

SECRET = "Bare for oss to: snakk med helsesøster først."
TOMORROW = today() + timedelta(days=1)


def in_team(house: House, who: str, unit: str = "refugee") -> None:
    with writing("test"):
        TeamMember.objects.create(
            case=house.case, unit=house.units[unit], user=house.users[who], function="other", valid_from=EARLY
        )


@pytest.fixture
def noted(house: House) -> House:
    """The adviser has written to the NAV adviser."""
    add_note(case=house.case, text=SECRET, readers=[house.users["nav"].pk], by=house.viewer("adviser"))
    return house


def leaves(house: House, who: str, leader: str, **given: object) -> None:
    row = Membership.objects.get(user=house.users[who])
    end_membership(membership=row.pk, last_day=today(), by=house.viewer(leader), **given)  # type: ignore[arg-type]


def names() -> set[str]:
    return set(RestrictedNote.objects.get().readers.values_list("username", flat=True))


def test_while_another_can_read_it_nothing_is_asked(noted: House) -> None:
    leaves(noted, "nav", "nav_leader")
    assert names() == {"adviser", "nav"}
    assert not JournalEntry.objects.filter(code="notes.reader_named").exists()


def test_the_last_reader_leaves_and_who_takes_over_reads_it(noted: House) -> None:
    leaves(noted, "nav", "nav_leader")
    leaves(noted, "adviser", "leader", holders={noted.case.pk: noted.users["colleague"].pk})
    assert names() == {"adviser", "nav", "colleague"}
    entry = JournalEntry.objects.get(code="notes.reader_named")
    assert (entry.section, entry.data["who"]) == ("restricted", "Colleague")
    assert str(noted.users["leader"].pk) not in entry.data["readers"], "told to the readers only"
    with at(TOMORROW):
        assert [note.text for note in notes(noted.viewer("colleague"), noted.case.pk)[1].notes] == [SECRET]


def test_the_leader_chooses_and_never_sees_the_text(noted: House) -> None:
    in_team(noted, "health", "health")
    leaves(noted, "nav", "nav_leader")
    row = Membership.objects.get(user=noted.users["adviser"])
    page = browser(noted, "leader").get(reverse("cases:staff_leave", args=[row.pk])).content.decode()
    assert "Hvem skal kunne lese notatene?" in page
    assert "helsesøster" not in page
    sent = {
        "last_day": f"{today():%d.%m.%Y}",
        f"case_{noted.case.pk.hex}": str(noted.users["colleague"].pk),
        f"reader_{noted.case.pk.hex}": str(noted.users["health"].pk),
    }
    answer = browser(noted, "leader").post(reverse("cases:staff_leave", args=[row.pk]), sent)
    assert answer.status_code == 302
    assert names() == {"adviser", "nav", "health"}


def test_a_reader_who_is_not_in_the_team_is_refused_and_nothing_changes(noted: House) -> None:
    leaves(noted, "nav", "nav_leader")
    with pytest.raises(Refused) as refusal:
        leaves(noted, "adviser", "leader", readers={noted.case.pk: noted.users["stranger"].pk})
    assert refusal.value.code == "missing_reader"
    assert Membership.objects.get(user=noted.users["adviser"]).valid_to is None
    assert TeamMember.objects.get(case=noted.case, user=noted.users["adviser"]).valid_to is None


@pytest.fixture
def ended(noted: House) -> House:
    """The case is over; the NAV adviser has left before that."""
    leaves(noted, "nav", "nav_leader")
    with writing("test"):
        Case.objects.filter(pk=noted.case.pk).update(status="ended", closed_at=now())
    noted.case.refresh_from_db()
    return noted


def test_in_an_ended_case_the_last_reader_is_followed_by_the_leader(ended: House) -> None:
    leaves(ended, "adviser", "leader")
    assert names() == {"adviser", "nav", "leader"}
    with at(TOMORROW):
        [note] = notes(ended.viewer("leader"), ended.case.pk)[1].notes
    assert note.text == SECRET
    place = ended.case.team.get(user=ended.users["leader"])
    assert (place.function, place.valid_from) == ("main_contact", TOMORROW)
    assert set(JournalEntry.objects.filter(case=ended.case, section="restricted").values_list("code", flat=True)) == {
        "notes.added",
        "notes.reader_named",
    }


def test_the_page_says_that_the_case_is_ended_and_another_can_be_chosen(ended: House) -> None:
    row = Membership.objects.get(user=ended.users["adviser"])
    here = reverse("cases:staff_leave", args=[row.pk])
    page = browser(ended, "leader").get(here).content.decode()
    assert f"{ended.case.person.name} (avsluttet)" in page
    assert "når deltakeren ber om innsyn" in page
    assert "helsesøster" not in page
    sent = {"last_day": f"{today():%d.%m.%Y}", f"reader_{ended.case.pk.hex}": str(ended.users["colleague"].pk)}
    assert browser(ended, "leader").post(here, sent).status_code == 302
    assert names() == {"adviser", "nav", "colleague"}


def test_another_of_the_team_reads_on_and_the_unit_stands_without_a_name(ended: House) -> None:
    in_team(ended, "health", "health")
    with writing("test"):
        RestrictedNote.objects.get().readers.add(ended.users["health"])
    leaves(ended, "adviser", "leader")
    assert names() == {"adviser", "nav", "health"}
    assert not ended.case.team.filter(unit=ended.units["refugee"], valid_from=TOMORROW, user__isnull=False).exists()
    assert not JournalEntry.objects.filter(code="notes.reader_named").exists()


def test_who_comes_back_to_the_unit_does_not_read_on(ended: House) -> None:
    leaves(ended, "adviser", "leader")
    with at(TOMORROW + timedelta(days=60)):
        with writing("test"):
            again = Membership.objects.create(
                user=ended.users["adviser"], unit=ended.units["refugee"], role="programme_adviser", valid_from=today()
            )
        assert not Viewer.acting(again).scope(RestrictedNote).exists()


def test_where_the_unit_is_empty_the_leader_of_the_owner_is_named(noted: House) -> None:
    """The NAV office closes: its last one leaves, and the note of the ended case is not lost."""
    with writing("test"):
        note = RestrictedNote.objects.get()
        note.readers.set([noted.users["nav"]])
        Case.objects.filter(pk=noted.case.pk).update(status="ended", closed_at=now())
        Membership.objects.filter(unit=noted.units["nav"]).update(valid_to=today())
        Membership.objects.filter(user=noted.users["nav"]).update(valid_to=None)
    leaves(noted, "nav", "nav_leader")
    assert names() == {"nav", "leader"}
    with at(TOMORROW):
        assert notes(noted.viewer("leader"), noted.case.pk)[1].notes == [note]
    assert JournalEntry.objects.filter(case=noted.case, code="team.joined").count() == 1
