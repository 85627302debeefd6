"""From an empty installation to the first participant, by pages: the operator sets up, leaders do the rest."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.models import OrganisationEntry
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.people import commands
from samlop.people.models import County, Membership, Municipality, MunicipalityCode, Unit, User
from samlop.site.signin.commands import create_operator
from tests.cases.doors import browser, family, text_of
from tests.house import EARLY, House

WHERE = "/drift/kommuner/"
DAY = "1.1.2026"


def posted(client: Client, where: str, status: int = 302, **told: Any) -> Any:
    answer = client.post(where, told)
    assert answer.status_code == status, text_of(answer)
    return answer


@pytest.mark.usefixtures("db")
def test_from_an_empty_installation_to_the_first_participant(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    operator = create_operator(username="drift", name="Dag Drift", email="", by=Viewer.system("samlop create-operator"))
    drift = Client()
    drift.force_login(operator)
    assert WHERE in text_of(drift.get("/"))
    assert "Begynn med et fylke" in text_of(drift.get(WHERE))

    posted(drift, "/drift/fylker/nytt/", name="Midtfjell", code="97", valid_from=DAY)
    county = County.objects.get()
    told = {"name": "Elvestad", "county": county.pk, "code": "9701", "valid_from": DAY, "written_language": "nn"}
    here = posted(drift, f"{WHERE}ny/", **told).url
    assert "Begynn med den som har ansvaret for programmet" in text_of(drift.get(here))
    for kind, name in [("refugee_service", "Flyktningtjenesten"), ("nav_state", "NAV Elvestad")]:
        appointing = posted(drift, f"{here}enhet/", kind=kind, name=name).url
        role = "leader" if kind == "refugee_service" else "nav_leader"
        told = {
            "role": role,
            "email": f"{role}@example.test",
            "name": role.title(),
            "valid_from": f"{today():%d.%m.%Y}",
        }
        posted(drift, appointing, **told)

    leader = User.objects.get(username="leader@example.test")
    link = reverse("people:first_link", args=[leader.memberships.get().pk])
    found = re.search(r"/logg-inn/nytt-passord/[^<]+", text_of(drift.post(link)))
    assert found
    somebody = Client()
    secret = "fem katter i trappa"
    posted(somebody, found[0], password=secret, again=secret)
    posted(somebody, "/logg-inn/", login="leader@example.test", password=secret)

    unit = Unit.objects.get(name="Flyktningtjenesten")
    role = f"{unit.pk}:programme_adviser"
    told = {"email": "rad@example.test", "name": "Randi Rådgiver", "role": role, "valid_from": f"{today():%d.%m.%Y}"}
    posted(somebody, "/kommune/ansatte/ny/", **told)
    adviser = User.objects.get(username="rad@example.test")
    sent = {
        "given_name": "Selam", "protection": "none", "interpreter": "unknown", "settled_by_agreement": "on",
        "owner_unit": str(unit.pk), "main_contact": f"{unit.pk}:{adviser.pk}", **family(),
    }  # fmt: skip
    posted(somebody, "/deltakere/ny/", **sent)
    assert Case.objects.get().municipality.name == "Elvestad"
    log = text_of(somebody.get("/kommune/endringer/")).lower()
    assert "la til enheten nav elvestad" in log
    assert "ga nav_leader rollen" in log


class TestNumbers:
    def new(self, house: House, status: int = 422, **told: Any) -> Any:
        county = house.units["county"].county_id
        sent = {"name": "Nydal", "county": county, "code": "9705", "valid_from": DAY, "written_language": "nb", **told}
        return posted(browser(house, "operator"), f"{WHERE}ny/", status, **sent)

    @pytest.mark.parametrize(
        ("told", "says"),
        [
            ({"code": "9701"}, "En annen kommune har dette nummeret"),
            ({"code": "3403"}, "må begynne med 97"),
            ({"code": "97"}, "fire siffer"),
            ({"code": "97٠5"}, "fire siffer"),
            ({"name": " "}, "Fyll ut «Kommunens navn»"),
            ({"valid_from": "31.2.2026"}, "Vi forstår ikke datoen"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_lost(self, house: House, told: dict[str, str], says: str) -> None:
        page = text_of(self.new(house, **told))
        assert says in page
        assert 'value="9705"' in page or "code" in told
        assert Municipality.objects.count() == 2

    def test_a_double_click_makes_one(self, house: House) -> None:
        once = str(house.municipality.pk)
        self.new(house, 302, once=once)
        self.new(house, 302, once=once)
        assert Municipality.objects.count() == 3

    def test_a_new_number_ends_the_old_the_day_before(self, house: House) -> None:
        where = f"{WHERE}{house.municipality.pk}/nummer/"
        told = {"county": house.units["county"].county_id, "code": "9711", "valid_from": "1.1.2027"}
        posted(browser(house, "operator"), where, **told)
        codes = list(house.municipality.codes.order_by("valid_from").values_list("code", "valid_to"))
        assert codes == [("9701", date(2026, 12, 31)), ("9711", None)]
        page = text_of(browser(house, "operator").get(f"{WHERE}{house.municipality.pk}/"))
        assert "9711, Innlandsfylket: 01.01.2027" in page
        told |= {"code": "9712", "valid_from": "1.1.2026"}
        assert "etter 01.01.2027" in text_of(posted(browser(house, "operator"), where, 422, **told))

    def test_name_and_language_are_changed(self, house: House) -> None:
        where = f"{WHERE}{house.municipality.pk}/endre/"
        posted(browser(house, "operator"), where, name="Elvestad", written_language="nn")
        house.municipality.refresh_from_db()
        assert house.municipality.written_language == "nn"
        assert "atte målformen i brev til nynorsk" in text_of(browser(house, "leader").get("/kommune/endringer/"))
        page = posted(browser(house, "operator"), where, 422, name=" ", written_language="sv")
        assert "Fyll ut «Kommunens navn»" in text_of(page)

    def test_the_database_lets_no_two_hold_a_number(self, house: House) -> None:
        county = house.units["county"].county
        with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
            MunicipalityCode.objects.create(
                municipality=house.other_municipality, code="9701", county=county, valid_from=EARLY - timedelta(days=9),
                valid_to=EARLY,
            )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
            County.objects.create(code="97", name="En til", valid_from=EARLY)

    def test_a_county_number_in_use(self, house: House) -> None:
        page = posted(browser(house, "operator"), "/drift/fylker/nytt/", 422, name="En til", code="97", valid_from=DAY)
        assert "er i bruk" in text_of(page)


class TestUnits:
    def test_one_organisation_for_the_municipalitys_own(self, house: House) -> None:
        where = f"{WHERE}{house.municipality.pk}/enhet/"
        for kind, name in (("service_centre", "Servicetorget"), ("nav_municipal", "NAV kommunal")):
            posted(browser(house, "operator"), where, kind=kind, name=name)
        first, second = Unit.objects.get(name="Servicetorget"), Unit.objects.get(name="NAV kommunal")
        assert first.organisation.kind == "municipality"
        assert second.organisation == house.units["nav"].organisation

    def test_one_that_several_municipalities_share(self, house: House) -> None:
        where = f"{WHERE}{house.municipality.pk}/enhet/"
        told = {"kind": "adult_education", "name": "Felles skole", "serves": [str(house.other_municipality.pk)]}
        posted(browser(house, "operator"), where, **told)
        assert "Felles skole" in text_of(browser(house, "operator").get(f"{WHERE}{house.other_municipality.pk}/"))
        towns = set(OrganisationEntry.objects.values_list("municipality_id", flat=True))
        assert towns == {house.municipality.pk, house.other_municipality.pk}

    def test_a_name_that_is_there(self, house: House) -> None:
        where = f"{WHERE}{house.municipality.pk}/enhet/"
        page = posted(browser(house, "operator"), where, 422, kind="health", name=house.units["health"].name.upper())
        assert "med dette navnet" in text_of(page)

    def test_the_county_gets_an_adviser_of_numbers(self, house: House) -> None:
        where = f"/drift/fylker/{house.units['county'].county_id}/enhet/"
        appointing = posted(browser(house, "operator"), where, name="Integreringsavdelingen").url
        told = {"role": "county_adviser", "email": "fylke@example.test", "name": "Frida", "valid_from": DAY}
        posted(browser(house, "operator"), appointing, **told)
        made = Membership.objects.get(user__name="Frida")
        assert made.role == "county_adviser"
        assert f"/drift/ansvarlige/{made.pk}/lenke/" in text_of(browser(house, "operator").get(appointing))


class TestAppointing:
    def give(self, house: House, unit: str = "refugee", **told: Any) -> Any:
        sent = {"unit": house.units[unit].pk, "role": "leader", "name": "Ny", "email": "ny@example.test",
                "valid_from": today(), **told}  # fmt: skip
        return commands.appoint(by=house.viewer("operator"), **sent)

    @pytest.mark.parametrize(
        ("unit", "role"),
        [("refugee", "programme_adviser"), ("employer", "employer"), ("operations", "operator"), ("health", "leader")],
    )
    def test_leaders_only(self, house: House, unit: str, role: str) -> None:
        with pytest.raises(Refused, match="role_not_here"):
            self.give(house, unit, role=role)

    def test_never_oneself(self, house: House) -> None:
        with pytest.raises(Refused, match="own_role"):
            self.give(house, email="operator@example.test")

    def test_where_nav_owns_the_programme_its_leader_works_at_nav(self, house: House) -> None:
        assert self.give(house, "nav", role="leader").role == "leader"

    def test_the_first_password_and_no_other(self, house: House) -> None:
        """A link opens everything somebody may see: only for an account nobody has been in."""
        new = self.give(house)
        assert commands.first_password(membership=new.pk, by=house.viewer("operator")) == new.user
        with writing("test"):
            new.user.last_login = "2026-01-01T10:00:00+01:00"
            new.user.save(update_fields=["last_login"])
        with pytest.raises(Refused, match="has_password"):
            commands.first_password(membership=new.pk, by=house.viewer("operator"))
        with pytest.raises(Refused, match="not_found"):
            commands.first_password(membership=house.users["adviser"].memberships.get().pk, by=house.viewer("operator"))

    def test_the_municipality_reads_who_was_appointed(self, house: House) -> None:
        self.give(house)
        assert "a Ny rollen leder" in text_of(browser(house, "leader").get("/kommune/endringer/"))


def test_pages_ask_as_often_for_many_as_for_few(house: House, django_assert_max_num_queries: Any) -> None:
    with writing("test"):
        for number in range(12):
            made = Municipality.objects.create(name=f"Kommune {number}")
            county = house.units["county"].county
            MunicipalityCode.objects.create(municipality=made, code=f"97{number + 50}", county=county, valid_from=EARLY)
            user = User.objects.create_user(f"l{number}", name=f"Leder {number}")
            Membership.objects.create(user=user, unit=house.units["refugee"], role="leader", valid_from=EARLY)
    client = browser(house, "operator")
    for where in (WHERE, f"{WHERE}{house.municipality.pk}/"):
        with django_assert_max_num_queries(12):
            assert client.get(where).status_code == 200
