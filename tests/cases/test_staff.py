"""Those who look after the people of a unit: new colleagues, and every case in good hands when somebody leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, JournalEntry, TeamMember
from samlop.core.models import OrganisationEntry
from samlop.core.time import at, today
from samlop.core.writing import writing
from samlop.people.models import Membership, User
from samlop.people.vocabulary import Protection
from tests.cases.doors import browser, text_of
from tests.house import EARLY, House, case, person

WHERE = "/kommune/ansatte/"
TOMORROW = timedelta(days=1)


def membership(house: House, who: str) -> Membership:
    return house.users[who].memberships.select_related("unit").get()


def leave(house: House, who: str = "adviser", by: str = "leader", on: Any = None, **chosen: str) -> Any:
    """Set somebody's last day; ``chosen`` are the new holders by case."""
    told = {"last_day": f"{on or today():%d.%m.%Y}", **chosen}
    return browser(house, by).post(f"{WHERE}{membership(house, who).pk}/slutter/", told)


def field(one: Case) -> str:
    return f"case_{one.pk.hex}"


def holders(one: Case, day: Any = None) -> dict[str, str]:
    """Function → who has it on a day."""
    day = day or today() + TOMORROW
    return {
        row.function: row.user.username if row.user else "unit"
        for row in TeamMember.objects.filter(case=one).select_related("user")
        if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
    }


class TestLeaving:
    """All or nothing, and nothing is orphaned."""

    def test_the_deputy_takes_over_the_day_after(self, house: House) -> None:
        with writing("test"):
            house.case.team.filter(user=house.users["adviser"]).update(deputy=house.users["colleague"])
        assert leave(house).status_code == 302
        assert holders(house.case, today())["main_contact"] == "adviser", "the last day counts"
        assert holders(house.case)["main_contact"] == "colleague"
        place = TeamMember.objects.get(case=house.case, user=house.users["colleague"])
        assert (place.is_editor, place.deputy) == (True, None)

    def test_whom_the_leader_chooses_goes_before(self, house: House) -> None:
        with writing("test"):
            house.case.team.filter(user=house.users["adviser"]).update(deputy=house.users["colleague"])
        leave(house, **{field(house.case): str(house.users["leader"].pk)})
        assert holders(house.case)["main_contact"] == "leader"

    def test_the_persons_own_deputy_comes_next(self, house: House) -> None:
        with writing("test"):
            Membership.objects.filter(user=house.users["adviser"]).update(deputy=house.users["colleague"])
        leave(house)
        assert holders(house.case)["main_contact"] == "colleague"

    def test_else_the_leader_of_the_unit(self, house: House) -> None:
        leave(house)
        assert holders(house.case)["main_contact"] == "leader"

    def test_every_open_case_and_an_entry_in_each(self, house: House) -> None:
        cases = [house.case, *(case(house, person(house.municipality, f"Navn {n}")) for n in range(4))]
        leave(house, **{field(one): str(house.users["colleague"].pk) for one in cases})
        for one in cases:
            assert holders(one)["main_contact"] == "colleague"
            entry = JournalEntry.objects.get(case=one)
            assert (entry.code, entry.user_name) == ("team.took_over", "Leader")
        page = text_of(browser(house, "colleague").get(f"/sak/{house.case.pk}/tidslinje/"))
        assert "overførte plassen etter Adviser, som slutter: Colleague ved" in page

    def test_in_an_ended_case_the_unit_stands_on_without_a_name(self, house: House) -> None:
        ended = case(house, person(house.municipality, "Ferdig"))
        with writing("test"):
            Case.objects.filter(pk=ended.pk).update(status="ended", closed_at=ended.registered_at)
        leave(house)
        assert holders(ended, today())["main_contact"] == "adviser", "the last day counts"
        place = ended.team.get(function="main_contact", valid_from__gt=today())
        assert (place.unit, place.user, place.deputy) == (house.units["refugee"], None, None)
        assert JournalEntry.objects.get(case=ended).code == "team.took_over"

    def test_killed_in_the_middle_nothing_has_changed(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        class Killed(BaseException):
            pass

        calls: list[int] = []
        from samlop.cases.gatekeeper import append

        def killed(*args: Any) -> Any:
            calls.append(1)
            if len(calls) == 2:
                raise Killed
            return append(*args)

        others = [case(house, person(house.municipality, f"Navn {n}")) for n in range(3)]
        monkeypatch.setattr("samlop.cases.gatekeeper.append", killed)
        with pytest.raises(Killed):
            leave(house)
        for one in (house.case, *others):
            assert holders(one)["main_contact"] == "adviser"
        assert membership(house, "adviser").valid_to is None

    def test_ahead_of_time(self, house: House) -> None:
        day = today() + timedelta(days=30)
        leave(house, on=day)
        assert holders(house.case, day)["main_contact"] == "adviser"
        assert holders(house.case, day + TOMORROW)["main_contact"] == "leader"
        assert browser(house, "adviser").get(f"/sak/{house.case.pk}/team/").status_code == 200
        with at(day + TOMORROW):
            assert browser(house, "adviser").get(f"/sak/{house.case.pk}/team/").status_code == 403

    def test_a_deputy_who_leaves_is_deputy_no_more(self, house: House) -> None:
        with writing("test"):
            house.case.team.filter(user=house.users["adviser"]).update(deputy=house.users["colleague"])
        leave(house, "colleague")
        place = TeamMember.objects.get(case=house.case, user=house.users["adviser"], valid_to=None)
        assert place.deputy is None
        assert holders(house.case)["main_contact"] == "adviser"

    def test_somebody_with_another_role_there_keeps_the_cases(self, house: House) -> None:
        with writing("test"):
            Membership.objects.create(
                user=house.users["adviser"], unit=house.units["refugee"], role="placement_coordinator", valid_from=EARLY
            )
        first = house.users["adviser"].memberships.get(role="programme_adviser")
        told = {"last_day": f"{today():%d.%m.%Y}"}
        assert browser(house, "leader").post(f"{WHERE}{first.pk}/slutter/", told).status_code == 302
        assert holders(house.case)["main_contact"] == "adviser"

    def test_a_unit_without_a_leader_keeps_the_place_open(self, house: House) -> None:
        with writing("test"):
            Membership.objects.filter(user=house.users["nav_leader"]).update(unit=house.units["nav"])
            Membership.objects.filter(user=house.users["nav_colleague"]).delete()
        assert leave(house, "nav", "nav_leader").status_code == 302
        assert holders(house.case)["nav_contact"] == "nav_leader"

    def test_an_heir_who_is_there_already_is_there_once(self, house: House) -> None:
        with writing("test"):
            TeamMember.objects.create(
                case=house.case, unit=house.units["nav"], user=house.users["nav_colleague"], function="nav_contact",
                valid_from=EARLY,
            )  # fmt: skip
        chosen = {field(house.case): str(house.users["nav_colleague"].pk)}
        assert leave(house, "nav", "nav_leader", **chosen).status_code == 302
        day = today() + TOMORROW
        rows = [r for r in house.case.team.filter(function="nav_contact") if r.valid_to is None or r.valid_to >= day]
        assert [row.user for row in rows] == [house.users["nav_colleague"]]

    @pytest.mark.parametrize(("days", "says"), [(-5, "tidligere enn i går"), (-9000, "ikke være før personen")])
    def test_the_past_is_not_rewritten(self, house: House, days: int, says: str) -> None:
        answer = leave(house, on=today() + timedelta(days=days))
        assert (answer.status_code, says in text_of(answer)) == (422, True)

    def test_the_page_proposes_who(self, house: House) -> None:
        page = text_of(
            browser(house, "leader").get(f"{WHERE}{membership(house, 'adviser').pk}/slutter/?siste_dag=31.12.2026")
        )
        assert 'value="31.12.2026"' in page
        assert f'<option value="{house.users["leader"].pk}" selected>' in page

    def test_a_double_click_is_harmless(self, house: House) -> None:
        once = {"once": "01900000-0000-7000-8000-000000000001"}
        assert [leave(house, **once).status_code for _ in range(2)] == [302, 302]
        assert JournalEntry.objects.filter(case=house.case).count() == 1

    def test_queries_of_the_page_do_not_grow(self, house: House, django_assert_max_num_queries: Any) -> None:
        for number in range(12):
            case(house, person(house.municipality, f"Navn {number}"))
        client = browser(house, "leader")
        with django_assert_max_num_queries(20):
            client.get(f"{WHERE}{membership(house, 'adviser').pk}/slutter/?siste_dag=31.12.2026")


class TestProtected:
    """A case that the leader may not know of gets a new holder too – unseen."""

    @pytest.fixture
    def hidden(self, house: House) -> Case:
        who = person(house.municipality, "Hemmelig", "Person", protection=Protection.STRICTLY_CONFIDENTIAL)
        return case(house, who, team=("adviser",))

    def test_it_is_not_on_the_page(self, house: House, hidden: Case) -> None:
        page = text_of(browser(house, "leader").get(f"{WHERE}{membership(house, 'adviser').pk}/slutter/"))
        assert "Amina" in page
        assert "Hemmelig" not in page

    def test_the_deputy_gets_it(self, house: House, hidden: Case) -> None:
        with writing("test"):
            hidden.team.update(deputy=house.users["colleague"])
        leave(house)
        assert holders(hidden)["main_contact"] == "colleague"
        with at(today() + TOMORROW):
            assert browser(house, "leader").get(f"/sak/{hidden.pk}/team/").status_code == 404

    def test_without_a_deputy_the_leader_of_the_unit(self, house: House, hidden: Case) -> None:
        leave(house)
        assert holders(hidden)["main_contact"] == "leader"

    def test_never_nobody(self, house: House, hidden: Case) -> None:
        with writing("test"):
            Membership.objects.filter(user=house.users["leader"]).update(unit=house.units["school"])
        answer = leave(house, by="leader")
        assert (answer.status_code, "Gi enheten en leder først" in text_of(answer)) == (422, True)
        assert membership(house, "adviser").valid_to is None
        assert holders(house.case)["main_contact"] == "adviser", "all or nothing"


class TestStaff:
    """Who works where, by those who look after it."""

    def new(self, house: House, by: str = "leader", **told: str) -> Any:
        sent = {
            "email": "ny@example.test",
            "name": "Ny Kollega",
            "role": f"{house.units['refugee'].pk}:programme_adviser",
            "valid_from": f"{today():%d.%m.%Y}",
            **told,
        }
        return browser(house, by).post(f"{WHERE}ny/", sent)

    def test_a_new_colleague_gets_an_account_and_a_role(self, house: House) -> None:
        assert self.new(house).status_code == 302
        user = User.objects.get(username="ny@example.test")
        assert not user.has_usable_password()
        assert user.memberships.get().role == "programme_adviser"
        entry = OrganisationEntry.objects.get()
        assert (entry.code, entry.data["who"]) == ("people.member_added", "Ny Kollega")

    def test_somebody_with_an_account_keeps_it(self, house: House) -> None:
        self.new(house, email="STRANGER@example.test", name="Et annet navn")
        assert house.users["stranger"].memberships.count() == 2
        assert User.objects.get(pk=house.users["stranger"].pk).name == "Stranger"

    @pytest.mark.parametrize(
        ("told", "says"),
        [
            ({"email": ""}, "E-post"),
            ({"name": ""}, "Skriv navnet"),
            ({"valid_to": "1.1.2020"}, "før første dag"),
            ({"email": "colleague@example.test", "name": ""}, "har allerede denne rollen"),
            ({"role": "operator"}, "gyldig valg"),
        ],
    )
    def test_refusals(self, house: House, told: dict[str, str], says: str) -> None:
        answer = self.new(house, **told)
        assert (answer.status_code, says in text_of(answer)) == (422, True)

    @pytest.mark.parametrize(
        ("unit", "role"), [("other_refugee", "leader"), ("nav", "nav_adviser"), ("county", "leader")]
    )
    def test_only_units_one_looks_after(self, house: House, unit: str, role: str) -> None:
        assert self.new(house, role=f"{house.units[unit].pk}:{role}").status_code == 422

    def test_a_nav_leader_gives_nobody_a_role_of_the_programme(self, house: House) -> None:
        answer = self.new(house, "nav_leader", role=f"{house.units['nav'].pk}:leader")
        assert answer.status_code == 422

    def test_a_nav_leader_looks_after_nav(self, house: House) -> None:
        page = text_of(browser(house, "nav_leader").get(WHERE))
        assert "Nav colleague" in page
        assert "Teacher" not in page
        assert self.new(house, "nav_leader", role=f"{house.units['nav'].pk}:nav_adviser").status_code == 302

    @pytest.mark.parametrize("role", ["operator", "county_adviser", "evaluator", "participant"])
    def test_no_role_of_another_service(self, house: House, role: str) -> None:
        assert self.new(house, role=f"{house.units['refugee'].pk}:{role}").status_code == 422

    def test_a_colleague_is_changed(self, house: House) -> None:
        row = membership(house, "adviser")
        told = {"phone": "400 00 000", "title": "Rådgiver", "deputy": str(house.users["colleague"].pk)}
        assert browser(house, "leader").post(f"{WHERE}{row.pk}/", told).status_code == 302
        row.refresh_from_db()
        assert (row.title, row.deputy, row.user.phone) == ("Rådgiver", house.users["colleague"], "400 00 000")

    def test_another_municipalitys_people_are_not_there(self, house: House) -> None:
        assert "Stranger" not in text_of(browser(house, "leader").get(WHERE))
        row = membership(house, "stranger")
        for page in ("", "slutter/"):
            assert browser(house, "leader").get(f"{WHERE}{row.pk}/{page}").status_code == 404
        assert leave(house, "stranger").status_code == 404

    @pytest.mark.parametrize("who", ["adviser", "nav", "teacher", "participant", "operator"])
    def test_only_leaders(self, house: House, who: str) -> None:
        assert browser(house, who).get(WHERE).status_code == 403
        assert leave(house, "colleague", who).status_code == 403

    def test_queries_do_not_grow(self, house: House, django_assert_max_num_queries: Any) -> None:
        with writing("test"):
            for number in range(15):
                user = User.objects.create_user(f"u{number}", name=f"Navn {number}")
                Membership.objects.create(user=user, unit=house.units["refugee"], role="teacher", valid_from=EARLY)
        client = browser(house, "leader")
        with django_assert_max_num_queries(14):
            client.get(WHERE)


class TestPasswordLink:
    def ask(self, house: House, who: str, by: str = "leader") -> Any:
        return browser(house, by).post(f"{WHERE}{membership(house, who).pk}/passord/", follow=True)

    def test_is_shown_once_and_noted(self, house: House) -> None:
        page = text_of(self.ask(house, "adviser"))
        assert f"/{house.users['adviser'].pk}/" in page
        assert OrganisationEntry.objects.get().code == "people.password_link"

    def test_not_for_oneself(self, house: House) -> None:
        assert "eget passord" in text_of(self.ask(house, "leader"))

    def test_not_for_those_with_roles_elsewhere(self, house: House) -> None:
        """A link opens everything they may see; that is not the leader's to open."""
        with writing("test"):
            Membership.objects.create(
                user=house.users["adviser"], unit=house.units["operations"], role="operator", valid_from=EARLY
            )
        row = house.users["adviser"].memberships.get(role="programme_adviser")
        answer = browser(house, "leader").post(f"{WHERE}{row.pk}/passord/", follow=True)
        assert "roller andre steder" in text_of(answer)


def test_a_role_that_has_ended_opens_nothing(house: House) -> None:
    leave(house)
    with at(today() + TOMORROW):
        assert house.viewer("leader").scope(Case).filter(pk=house.case.pk).exists()
        row = membership(house, "adviser")
        assert isinstance(Viewer.acting(row), Viewer)
        assert browser(house, "adviser").get(f"/sak/{house.case.pk}/team/").status_code == 403
