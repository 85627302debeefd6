"""What must hold before a decision can stand: the law's own limits, and texts without identity numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.core.errors import Refused, not_found
from samlop.core.time import today
from samlop.law.absence import AddedTime, breast_feeding, reasons
from samlop.law.decisions import paragraphs_of
from samlop.law.formatting import day as law_day
from samlop.people.numbers import refuse_number_in
from samlop.programme.absences import added, days_away
from samlop.programme.kinds import DecisionKind
from samlop.programme.law_of_case import Answer, LawOfCase, language, law_of
from samlop.programme.models import Decision, DecisionStatus


def check_text(reasons_text: str) -> None:
    """Reasons may be long and free, but never hold an identity number. Raises ``Refused('number_in_text')``."""
    refuse_number_in(reasons_text, "reasons")


def added_time_of(case: Case, law: LawOfCase) -> AddedTime:
    """What absence and granted leave add to the programme of a case. The queries of ``days_away``."""
    return added(days_away([case])[case.pk], law.course.start_on or today(), law.act)


def check_lawful(case: Case, kind: DecisionKind, data: Mapping[str, Any], replaces: Decision | None = None) -> None:
    """The limits that are sure: how long a programme may be, whether it can be extended at all, and how long somebody
    has time off to breast-feed.

    Raises ``Refused``: ``already_ended``, ``facts_missing`` (named), ``facts_contradict``, ``not_extendable``,
    ``too_long``, ``not_started``, ``end_changed``,
    ``missing_value``, ``before_birth``. ``replaces`` is the decision that this one stands instead of.
    """
    if kind is DecisionKind.AWARD:
        _check_award(case, data)
    elif kind is DecisionKind.EXTENSION:
        _check_extension(case, data, replaces)
    elif kind is DecisionKind.LEAVE and data["granted"] and reasons()[data["reason"]].part_of_day:
        _check_breast_feeding(data)


def _refuse_ended(law: LawOfCase) -> None:
    if law.course.ended_on is not None:
        raise Refused("already_ended", _("Programmet er avsluttet. Gjenåpne det først."))


def _check_breast_feeding(data: Mapping[str, Any]) -> None:
    """An hour a day in the child's first year (integreringsforskriften § 13)."""
    if not data.get("child_born"):
        raise Refused("missing_value", _("Skriv når barnet er født. Ammefri gjelder i første leveår."), "child_born")
    born = date.fromisoformat(data["child_born"])
    limit = breast_feeding(born)
    if date.fromisoformat(data["first_day"]) < born:
        raise Refused("before_birth", _("Ammefri kan ikke begynne før barnet er født."), "first_day")
    if date.fromisoformat(data["last_day"]) > limit.last_day:
        text = _("Ammefri gjelder i barnets første leveår, til og med %(day)s (%(references)s).")
        values = {"day": law_day(limit.last_day, language()), "references": "; ".join(limit.references)}
        raise Refused("too_long", text % values, "last_day")


def _check_award(case: Case, data: Mapping[str, Any]) -> None:
    law = law_of(case)
    _refuse_ended(law)
    start, end = date.fromisoformat(data["start_on"]), date.fromisoformat(data["planned_end_on"])
    answer = law.latest_end(added_time_of(case, law), start, data["end_goal"])
    if answer.contradiction:
        raise Refused("facts_contradict", answer.contradiction)
    if answer.value is not None and end > answer.value.ordinary:
        raise _too_long(answer.value.ordinary, answer.value.references)


def _check_extension(case: Case, data: Mapping[str, Any], replaces: Decision | None) -> None:
    law = law_of(case)
    _refuse_ended(law)
    if law.course.start_on is None:
        raise Refused("not_started", _("Programmet har ingen startdato. Skriv den før du forlenger."))
    _check_end_was(law, data, replaces)
    length = _have(law.duration())
    latest = _have(law.latest_end(added_time_of(case, law)))
    if length.extension == "none" or latest.extended is None:
        references = "; ".join(length.references)
        text = _("Loven åpner ikke for å forlenge dette programmet (%(references)s).") % {"references": references}
        raise Refused("not_extendable", text)
    if date.fromisoformat(data["planned_end_on"]) > latest.extended:
        raise _too_long(latest.extended, latest.references)


def _check_end_was(law: LawOfCase, data: Mapping[str, Any], replaces: Decision | None) -> None:
    """The letter says which day is put off, so it is the day that stands – or stood before what is replaced."""
    stands, said = law.course.planned_end_on, date.fromisoformat(data["end_was"])
    if stands is None or said == stands:
        return
    if replaces is not None and replaces.kind == DecisionKind.EXTENSION:
        earlier = replaces.data
        if (earlier["end_was"], earlier["planned_end_on"]) == (said.isoformat(), stands.isoformat()):
            return
    raise Refused("end_changed", _("Siste planlagte dag er endret. Rett utkastet."), "end_was")


def _have(answer: Answer[Any]) -> Any:
    if answer.contradiction:
        raise Refused("facts_contradict", answer.contradiction)
    if answer.missing:
        names = ", ".join(missing.name for missing in answer.missing)
        text = _("Vi kan ikke kontrollere vedtaket mot loven uten: %(names)s. Fyll dem ut først.")
        raise Refused("facts_missing", text % {"names": names})
    return answer.value


def _too_long(latest: date, references: tuple[str, ...]) -> Refused:
    text = _("Programmet kan ikke vare lenger enn til %(day)s (%(references)s).")
    values = {"day": law_day(latest, language()), "references": "; ".join(references)}
    return Refused("too_long", text % values, "planned_end_on")


def proposed_references(case: Case, kind: DecisionKind, data: Mapping[str, Any]) -> list[str]:
    """The paragraphs a decision rests on, by the act of the case and what is decided."""
    law = law_of(case)
    found = list(paragraphs_of(kind, law.act))
    if kind is DecisionKind.AWARD:
        length = law.duration(date.fromisoformat(data["start_on"]), data["end_goal"]).value
        found += length.references if length else ()
    elif kind is DecisionKind.EXTENSION:
        length = law.duration().value
        found = list(length.references) if length else found
    elif kind is DecisionKind.LEAVE:
        reason = reasons().get(data["reason"])
        found = [reason.reference] if reason and law.act == "integreringsloven" else found
    elif kind is DecisionKind.PLAN:
        found += paragraphs_of("contract", law.act) if data.get("contract_on") else ()
        found += paragraphs_of("norwegian_plan", law.act) if data.get("norwegian") else ()
    return list(dict.fromkeys([*found, *paragraphs_of("decision", law.act)]))


def replaced(case: Case, decision: Decision | UUID | None) -> Decision | None:
    """The signed decision of the case that a new one replaces. Raises ``Refused``."""
    if decision is None:
        return None
    key = decision.pk if isinstance(decision, Decision) else decision
    row: Decision | None = Decision.objects.filter(case=case, pk=key).first()
    if row is None:
        raise not_found()
    if row.status != DecisionStatus.SIGNED:
        raise Refused("not_signed", _("Bare et undertegnet vedtak kan erstattes. Endre utkastet i stedet."))
    return row
