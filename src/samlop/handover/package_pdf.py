"""The package as a tagged PDF in bokmål, nynorsk or English."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation

from samlop.access.viewer import Viewer
from samlop.access.words import SECTION_NAMES
from samlop.core.languages import direction, language_name
from samlop.core.pdf import render_pdf
from samlop.core.rights import Section
from samlop.core.templatetags.samlop import day, moment
from samlop.core.time import now
from samlop.handover.package import Package
from samlop.norwegian.models import Skill
from samlop.people.vocabulary import InterpreterNeed
from samlop.plan.models import Step

HERE = Path(__file__).parent
LANGUAGES = ("nb", "nn", "en")

Rows = list[list[str]]


@functools.cache
def words() -> Mapping[str, Mapping[str, str]]:
    """The package's own words by language; every language has every word (a test sees to it)."""
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load((HERE / "package_words.yaml").read_text(encoding="utf-8"))
    return found


def package_pdf(package: Package, by: Viewer, language: str) -> bytes:
    """The package as PDF (PDF/UA: tagged, with title and language). Raises ``KeyError`` for another language."""
    return render_pdf("handover/typst/package.typ", content(package, by, language))


def content(package: Package, by: Viewer, language: str) -> dict[str, Any]:
    """Everything in the package as plain values, in a language."""
    w = words()[language]
    with translation.override(language):
        return {
            "title": f"{w['title']} – {package.case.person.name}",
            "language": language,
            "words": w,
            "name": package.case.person.name,
            "made": w["made"].format(moment=moment(now()), who=by.name),
            "left_out": _left_out(package, w),
            "participant": _participant(package, w),
            "programme": _programme(package, w),
            "plan_shown": Section.PLAN not in package.hidden,
            "tried": [_tried(package, step, w) for step in package.tried],
            "ahead": [[_title(step), _period(step), _responsible(package, step), step.why] for step in package.ahead],
            "levels_shown": Section.NORWEGIAN not in package.hidden,
            "levels": _levels(package),
            "plan": _plan(package, w),
            "left": _left(package, w),
            "receiver": _receiver(package, w),
            "contacts_shown": Section.IDENTITY not in package.hidden,
            "contacts": _contacts(package),
        }


def _known(*rows: tuple[str, Any]) -> Rows:
    """The rows that say something."""
    return [[name, str(value)[:1].upper() + str(value)[1:]] for name, value in rows if value]


def _left_out(package: Package, w: Mapping[str, str]) -> str:
    parts = ", ".join(str(SECTION_NAMES[section]) for section in package.hidden)
    return w["left_out"].format(parts=parts) if parts else ""


def _participant(package: Package, w: Mapping[str, str]) -> Rows:
    person = package.case.person
    languages = ", ".join(language_name(row.code) for row in person.languages.order_by("order"))
    # How to reach a person with a protected address is never printed: paper goes further than a page.
    phone = "" if person.is_protected or Section.IDENTITY in package.hidden else person.phone
    need = "" if person.interpreter == InterpreterNeed.UNKNOWN else person.get_interpreter_display()
    return _known(
        (w["name"], person.name),
        (w["born"], day(person.birth_date)),
        (w["phone"], phone),
        (w["language"], languages),
        (w["interpreter"], need),
    )


def _programme(package: Package, w: Mapping[str, str]) -> Rows:
    course = package.course
    ended = f"{day(course.ended_on)}, {course.get_end_reason_display()}" if course.ended_on else ""
    return _known(
        (w["start"], day(course.start_on)),
        (w["planned_end"], day(course.planned_end_on)),
        (w["ended"], ended),
        (w["end_goal"], course.get_end_goal_display()),
    )


def _title(step: Step) -> str:
    kind = str(step.get_kind_display())
    return step.title if step.title.casefold() == kind.casefold() else f"{step.title}\n{kind}"


def _period(step: Step) -> str:
    return "–".join(day(one) for one in (step.start_on, step.end_on) if one)


def _responsible(package: Package, step: Step) -> str:
    if step.by_participant:
        return package.case.person.name
    return ", ".join(str(one) for one in (step.user, step.unit) if one)


def _tried(package: Package, step: Step, w: Mapping[str, str]) -> list[str]:
    who, status = _responsible(package, step), str(step.get_status_display())
    return [_title(step), _period(step), who, status, step.result or w["no_result"]]


def _levels(package: Package) -> Rows:
    order = list(Skill)
    return [
        [
            str(row.get_skill_display()).capitalize(),
            str(row.get_level_display()),
            day(row.reached_on),
            str(row.get_source_display()),
        ]
        for row in sorted(package.levels, key=lambda row: order.index(Skill(row.skill)))
    ]


def _plan(package: Package, w: Mapping[str, str]) -> dict[str, Any] | None:
    plan = package.plan
    if plan is None:
        return None
    version = package.version
    own = plan.long_term_goal_own or plan.long_term_goal
    own_language = plan.own_language if plan.long_term_goal_own else "nb"
    return {
        "version": w["version"].format(number=version.number, day=day(version.talk_on)) if version else "",
        "own": own,
        "own_lang": own_language.split("-")[0][:3] or "nb",
        "own_direction": direction(own_language),
        "facts": _known(
            (w["in_norwegian"], plan.long_term_goal if plan.long_term_goal_own else ""),
            (w["end_goal"], plan.get_end_goal_display()),
            (w["why"], plan.end_goal_why),
            (w["norwegian_goal"], plan.norwegian_goal),
        ),
        "partial_goals": [
            f"{goal.text} ({w['reached'].format(day=day(goal.reached_on))})" if goal.reached_on else goal.text
            for goal in package.partial_goals
        ],
    }


def _left(package: Package, w: Mapping[str, str]) -> Rows:
    handover = package.handover
    return [
        [w["unmet_needs"], handover.unmet_needs or w["not_written"]],
        [w["next_step"], handover.next_step or w["not_written"]],
        [w["income"], handover.income_source or w["not_written"]],
    ]


def _receiver(package: Package, w: Mapping[str, str]) -> Rows:
    handover = package.handover
    unit = handover.receiver_unit.name if handover.receiver_unit else ""
    names = dict.fromkeys(name for name in (handover.receiver_name, unit) if name)
    return _known(
        (w["need"], handover.get_need_display()),
        (w["who"], ", ".join(names) or w["not_written"]),
        (w["reach"], handover.receiver_contact),
        (w["talk"], day(handover.talk_on) or w["not_written"]),
    )


def _contacts(package: Package) -> Rows:
    return [
        [
            place.user.name if place.user else "–",
            str(place.get_function_display()),
            place.unit.name,
            (place.user.phone if place.user else "") or place.unit.phone,
            (place.user.email if place.user else "") or place.unit.email,
        ]
        for place in package.team
    ]
