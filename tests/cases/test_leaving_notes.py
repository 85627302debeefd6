"""A note for named persons is never left without somebody who can read it, and nobody else reads it meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samlop.cases.commands.leaving import end_membership
from samlop.cases.commands.needs import add_note
from samlop.cases.models import JournalEntry, RestrictedNote, TeamMember
from samlop.cases.queries.notes import notes
from samlop.core.errors import Refused
from samlop.core.time import at, today
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
