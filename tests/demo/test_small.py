"""What a visitor of the demo can rely on."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import F, Q

from samlop.access.models import Grant, Objection, Override
from samlop.access.session import viewer_for
from samlop.benefit.corrections import all_hold, differences
from samlop.benefit.models import BenefitRun, Correction, Statement
from samlop.cases.caseload import caseload
from samlop.cases.checks import journal as whole_journals
from samlop.cases.journal import codes, sentence
from samlop.cases.models import Case, JournalEntry, TeamMember
from samlop.cases.vocabulary import CaseStatus
from samlop.cooperation.models import Arrangement, OrganisationModel
from samlop.core.time import today
from samlop.effort.models import EffortExtract
from samlop.handover.models import Handover
from samlop.hours.models import ClassSlot, Group
from samlop.meetings.models import Meeting, MeetingStatus
from samlop.overview import due_sources
from samlop.people.models import Membership, Person, PersonIdentifier, Unit, User
from samlop.people.vocabulary import Protection, Role
from samlop.plan.content import content_hash
from samlop.plan.models import Contradiction, Contribution, Plan, PlanVersion, Step
from samlop.programme.models import Course, NavNeed
from samlop.site.demo import fill
from samlop.site.demo.users import DEMO_USERS
from samlop.site.demo_people import DEMO_PEOPLE

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_four_municipalities_with_the_four_models() -> None:
    models = dict(Arrangement.objects.values_list("municipality__name", "model"))
    assert models == {
        "Elvestad": OrganisationModel.REFUGEE_OFFICE,
        "Skogdal": OrganisationModel.NAV,
        "Lysvatn": OrganisationModel.LEARNING_CENTRE,
        "Storåsen": OrganisationModel.NAV_SERVICE_CENTRE,
    }


def test_about_two_hundred_participants() -> None:
    cases = Counter(Case.objects.values_list("status", flat=True))
    assert 120 <= cases[CaseStatus.ACTIVE] <= 145
    assert 55 <= cases[CaseStatus.ENDED] <= 75


@pytest.mark.parametrize("username", [user.username for user in DEMO_USERS])
def test_the_promised_users_are_there_without_a_password(username: str) -> None:
    promised = next(user for user in DEMO_USERS if user.username == username)
    user = User.objects.get(username=username)
    assert (user.name, user.has_usable_password()) == (promised.name, False)
    viewer = viewer_for(user, None)
    assert viewer is not None
    assert viewer.role == promised.role


def test_each_promised_user_sees_what_the_contract_says() -> None:
    def seen(username: str) -> int:
        viewer = viewer_for(User.objects.get(username=username), None)
        assert viewer is not None
        return viewer.scope(Case).count()

    assert seen("deltaker") == 1
    assert all(seen(name) > 15 for name in ("radgiver", "nav", "laerer", "leder", "navleder", "fremmed"))
    assert all(seen(name) == 0 for name in ("fylke", "forsker", "drift"))


def test_the_county_has_numbers_to_read_at_once() -> None:
    assert set(EffortExtract.objects.values_list("municipality__name", flat=True)) == {
        "Elvestad", "Skogdal", "Lysvatn", "Storåsen"
    }  # fmt: skip


def test_the_adviser_has_about_the_norm_and_something_of_everything() -> None:
    places = TeamMember.objects.filter(user__username="radgiver", function="main_contact", case__status="active")
    assert 18 <= places.count() <= 22
    mine = Case.objects.filter(pk__in=places.values("case"))
    assert Course.objects.filter(case__in=mine, nav_need=NavNeed.UNCLARIFIED, start_on__lt=today()).exists()
    assert Contradiction.objects.filter(case__in=mine, settled_at__isnull=True).exists()
    assert Objection.objects.filter(case__in=mine, settled_at__isnull=True).exists()
    assert Handover.objects.filter(case__in=mine, completed_at__isnull=True).exists()
    assert Meeting.objects.filter(case__in=mine, status=MeetingStatus.PLANNED).count() >= 3


def test_the_participant_has_a_rich_case_with_a_goal_in_arabic() -> None:
    case = Case.objects.get(person__user__username="deltaker")
    assert case.municipality.name == "Elvestad"
    assert {"radgiver", "nav", "laerer"} <= set(case.team.values_list("user__username", flat=True))
    plan = Plan.objects.get(case=case)
    assert plan.own_language == "ar"
    assert any("\u0600" <= char <= "\u06ff" for char in plan.long_term_goal_own)
    assert Contribution.objects.filter(case=case, by_participant=True).count() >= 3
    assert set(Contribution.objects.filter(case=case).values_list("role", flat=True)) >= {
        Role.PROGRAMME_ADVISER, Role.NAV_ADVISER, Role.TEACHER, Role.PARTICIPANT,
    }  # fmt: skip
    assert PlanVersion.objects.filter(case=case).count() >= 2


def test_every_code_of_the_journal_is_known_and_can_be_read() -> None:
    assert set(JournalEntry.objects.values_list("code", flat=True)) <= codes()
    for entry in JournalEntry.objects.order_by("code", "pk"):
        told = sentence(entry)
        assert told
        assert "kan ikke vises" not in told, (entry.code, entry.data)


def test_the_chain_of_every_journal_holds() -> None:
    read, broken = whole_journals()
    assert broken is None
    assert read == JournalEntry.objects.count() > 5_000


def test_the_journal_runs_forward_and_never_into_the_future() -> None:
    assert not JournalEntry.objects.filter(at__date__gte=today()).exists()
    latest: dict[object, object] = {}
    for case_id, at in JournalEntry.objects.order_by("case_id", "seq").values_list("case_id", "at"):
        assert case_id not in latest or latest[case_id] <= at  # type: ignore[operator]
        latest[case_id] = at


def test_nothing_has_happened_after_a_case_was_closed() -> None:
    late = JournalEntry.objects.filter(case__closed_at__isnull=False, at__gt=F("case__closed_at"))
    assert not late.exists(), late.values_list("code", flat=True)


def test_every_identity_number_is_synthetic() -> None:
    for kind, value in PersonIdentifier.objects.values_list("kind", "value"):
        if kind != "duf":
            assert int(value[2:4]) > 80, kind
    assert PersonIdentifier.objects.exclude(kind="duf").count() > 150


def test_identity_numbers_pass_the_control_and_tell_the_birth_date() -> None:
    from samlop.identifiers import birth_date
    from samlop.identifiers import check as check_number

    for number in PersonIdentifier.objects.select_related("person"):
        kind = "duf" if number.kind == "duf" else "fnr"
        assert check_number(kind, number.value, on=today(), allow_synthetic=True).valid
        if number.kind == "birth_number":
            assert birth_date(number.value) == number.person.birth_date


def test_no_address_or_telephone_could_be_anyones() -> None:
    for model in (User, Unit, Person):
        for phone, email in model._default_manager.values_list("phone", "email"):  # type: ignore[attr-defined]
            assert not phone or phone.startswith("00"), phone
            assert not email or email.endswith("@example.test"), email
    assert not Person.objects.exclude(protection=Protection.NONE).exclude(address="").exists()


def test_contributions_are_of_many_kinds_and_hands() -> None:
    texts = set(Contribution.objects.values_list("text", flat=True))
    assert len(texts) >= 200
    assert not any("lorem" in text.lower() or "{" in text for text in texts)
    assert Contribution.objects.filter(municipality__written_language="nn", text__contains=" ikkje ").exists()
    own = Contribution.objects.filter(by_participant=True)
    assert any(ord(char) > 0x590 for text in own.values_list("text", flat=True) for char in text)


def test_protected_persons_have_no_list_to_be_found_in() -> None:
    protected = Case.objects.exclude(person__protection=Protection.NONE)
    assert set(protected.values_list("person__protection", flat=True)) == {
        Protection.CONFIDENTIAL, Protection.STRICTLY_CONFIDENTIAL,
    }  # fmt: skip
    leader = viewer_for(User.objects.get(username="leder"), None)
    assert leader is not None
    assert not leader.scope(Case).filter(pk__in=protected).exists()


def test_versions_are_as_the_plan_room_makes_them() -> None:
    for version in PlanVersion.objects.all():
        assert version.content_hash == content_hash(version.content)
        assert all(row["written_at"] <= version.made_at.isoformat() for row in version.content["contributions"])
    views = Counter(PlanVersion.objects.values_list("participant_view", flat=True))
    assert min(views["agrees"], views["partly"], views["disagrees"]) >= 1


def test_what_is_special_is_there() -> None:
    assert Override.objects.filter(reviewed_at__isnull=True).exists()
    assert Override.objects.filter(reviewed_at__isnull=False).exists()
    assert Grant.objects.filter(valid_from__lte=today(), valid_to__gte=today()).exists()
    assert Objection.objects.filter(settled_at__isnull=False).exists()
    assert Handover.objects.filter(completed_at__isnull=False).exists()
    assert Case.objects.filter(permit_granted_on__lt=date(2021, 1, 1)).exists()
    assert Course.objects.filter(ended_on__isnull=False).exclude(end_reason="").exists()
    late = Case.objects.filter(status="active", settled_on__lt=today() - timedelta(days=190), plan_versions=None)
    assert late.exists()
    moved = Case.objects.filter(status=CaseStatus.MOVED)
    assert moved.filter(continued_by__isnull=False).exists()


def test_steps_say_who_answers_and_why() -> None:
    assert not Step.objects.filter(why="").exists()
    assert not Step.objects.filter(unit__isnull=True, by_participant=False).exists()
    assert not Step.objects.filter(status__in=("done", "stopped"), result="").exists()
    assert Step.objects.filter(status="stopped").exists()


def test_everybody_who_works_here_has_a_role_in_force() -> None:
    staff = Membership.objects.filter(Q(valid_to__isnull=True), valid_from__lt=today()).values("user_id")
    without = User.objects.exclude(pk__in=staff).exclude(persons__isnull=False)
    assert not without.exists()


def test_filling_again_changes_nothing() -> None:
    before = JournalEntry.objects.count()
    assert fill.small() == 0
    assert JournalEntry.objects.count() == before


def test_the_sign_in_page_offers_exactly_those_who_are_promised() -> None:
    assert list(DEMO_PEOPLE) == [user.username for user in DEMO_USERS]


def test_the_participant_reads_why_the_payment_is_20_724_29() -> None:
    last = Statement.objects.filter(case__person__user__username="deltaker").order_by("-month").first()
    assert last is not None
    g = last.lines[0]["values"]["basic_amount"]
    assert [line["code"] for line in last.lines] == ["BENEFIT", "ABSENCE"]
    assert last.lines[1]["values"]["absence_days"] == "2"
    assert last.lines[1]["values"]["absence_hours"] == "3.5"
    assert g != "136549" or last.pay_ore == 2072429


def test_the_four_municipalities_have_paid_and_it_agrees_with_the_facts() -> None:
    runs = BenefitRun.objects.filter(status="approved")
    assert runs.values("municipality").distinct().count() == 4
    for run in runs.order_by("-month")[:4]:
        found = differences(run)
        assert len(found) <= 1, [(row.case_id, row.before_ore, row.after_ore, row.why) for row in found]


def test_an_absence_told_too_late_waits_for_two_people() -> None:
    row = Correction.objects.get()
    assert row.case.team.filter(user__username="radgiver", function="main_contact").exists()
    assert all_hold([row])


@pytest.mark.parametrize("username", [user.username for user in DEMO_USERS if user.role != Role.PARTICIPANT])
def test_a_participant_alone_has_the_lines_they_have_among_others(username: str) -> None:
    """What lets a process keep the lines of one participant while another's change (``overview.kept``)."""
    viewer = viewer_for(User.objects.get(username=username), None)
    assert viewer is not None
    load = caseload(viewer)
    together = due_sources.derive(load, today())
    alone = [item for key in load.ids for item in due_sources.derive(load.part([key]), today())]
    assert Counter(alone) == Counter(together)
    assert not any(item.of_municipality for item in together), "lines of the municipality are derived each time"


def test_every_group_has_a_course_in_both_themes_of_life_skills() -> None:
    skills = ClassSlot.objects.filter(content="life_skills")
    themes = {"": set(Group.objects.values_list("name", flat=True)), "health": set(), "career": set()}
    for name, theme in skills.values_list("group__name", "theme"):
        themes[theme].add(name) if theme else pytest.fail(f"{name} has life skills without a theme")
    assert themes["health"] == themes["career"] == themes[""]
