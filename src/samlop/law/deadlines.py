"""When things are due in a case: start of programme, offer of Norwegian, appeal, registration, end of training."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from samlop.law import formatting
from samlop.law.acts import ActId, act_of
from samlop.law.dates import add_months, next_working_day
from samlop.law.duration import Education
from samlop.law.parameters import Held, Rules, rules_known
from samlop.law.person_month import refuse_contradiction
from samlop.law.texts import Note, question, say

DeadlineId = Literal["programme_start", "norwegian_offer", "appeal", "register", "social_studies", "norwegian_end"]


@dataclass(frozen=True, slots=True)
class DeadlineCase:
    """The events that start a period. An event that has not happened is None and starts nothing."""

    permit_granted: date
    arrived: date | None = None
    settled: date | None = None
    demanded: date | None = None
    registered_in_municipality: date | None = None
    decision_notified: date | None = None
    information_recorded: date | None = None
    offered_norwegian: date | None = None
    education: Education | None = None
    collective_protection: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """One period: it starts on an event and is due on a day."""

    id: DeadlineId
    due: date
    starts: date
    references: tuple[str, ...]
    held: Held
    text_code: str
    uncertain: tuple[Note, ...] = ()

    def text(self, language: str = "nb") -> str:
        """What must be done by when, in `nb`, `nn` or `en`."""
        return say(f"deadline.{self.text_code}", language, due=formatting.day(self.due, language))

    def as_json(self) -> dict[str, Any]:
        """The deadline as `samlop law deadlines` prints it."""
        return {
            "id": self.id,
            "due": self.due.isoformat(),
            "starts": self.starts.isoformat(),
            "text": self.text(),
            "references": list(self.references),
        }


# Events that cannot come before the permit. Information may have been recorded earlier, and a person may have been
# registered as an inhabitant on other grounds.
_AFTER_PERMIT = ("settled", "demanded", "decision_notified", "offered_norwegian")


def check_case(case: DeadlineCase) -> None:
    """Refuse events that come before the permit they rest on."""
    for field in _AFTER_PERMIT:
        day = getattr(case, field)
        if day is not None and day < case.permit_granted:
            raise refuse_contradiction(field, "before_permit")


def _months(identity: DeadlineId, start: date, held: Held, *more: str) -> Deadline:
    return Deadline(identity, add_months(start, held.whole), start, (held.reference, *more), held, identity)


def _programme(case: DeadlineCase, act: ActId, rules: Rules) -> Iterator[Deadline]:
    starts = [day for day in (case.settled, case.demanded) if day is not None]
    if starts:
        yield _months("programme_start", min(starts), rules.at(f"deadline.programme_start.{act}", min(starts)))
    offer = case.registered_in_municipality or case.settled or case.demanded
    if offer is not None:
        yield _months("norwegian_offer", offer, rules.at(f"deadline.norwegian_offer.{act}", offer))


def _appeal(notified: date, act: ActId, rules: Rules) -> Deadline:
    """Three weeks from the notice; one that ends on a free day moves to the next working day."""
    held = rules.at("deadline.appeal_weeks", notified)
    due = next_working_day(notified + timedelta(weeks=held.whole))
    body = "introduksjonsloven § 22" if act == "introduksjonsloven" else "integreringsloven § 47"
    return Deadline("appeal", due, notified, (held.reference, "forvaltningsloven § 30", body), held, "appeal")


def _norwegian(case: DeadlineCase, offered: date, act: ActId, rules: Rules) -> Iterator[Deadline]:
    if act == "introduksjonsloven":
        # The right lasts three years from the permit, or from arrival where the permit was given abroad (§ 17).
        start = max(case.permit_granted, case.arrived or case.permit_granted)
        yield _months("norwegian_end", start, rules.at("deadline.norwegian.introduksjonsloven", offered))
        return
    protected = rules.find("deadline.norwegian.collective_protection", offered) if case.collective_protection else None
    if protected is not None:
        # Neither right nor duty to social studies, and one year of Norwegian, as long as chapter 6A stands.
        yield _months("norwegian_end", offered, protected)
        return
    yield _months("social_studies", offered, rules.at("deadline.social_studies", offered), "integreringsloven § 37")
    if case.education is None:
        return
    group = "educated" if case.education == "upper_secondary_or_higher" else "other"
    clock = rules.find("deadline.norwegian.clock_from_offer", offered)
    first_day_in_force = max(case.permit_granted, case.arrived or case.permit_granted)
    sure = clock is None or first_day_in_force >= clock.day
    deadline = _months("norwegian_end", offered, rules.at(f"deadline.norwegian.{group}", offered))
    uncertain = () if sure else (question("norwegian_clock_before_2023"),)
    yield Deadline(
        deadline.id, deadline.due, deadline.starts, deadline.references, deadline.held, deadline.text_code, uncertain
    )


def deadlines(case: DeadlineCase, rules: Rules | None = None) -> tuple[Deadline, ...]:
    """Every deadline whose start is known, in the order of the contract."""
    check_case(case)
    rules = rules or rules_known()
    act, _ = act_of(case.permit_granted, case.arrived, rules)
    found = list(_programme(case, act, rules))
    if case.decision_notified is not None:
        found.append(_appeal(case.decision_notified, act, rules))
    if case.information_recorded is not None:
        recorded = case.information_recorded
        held = rules.at("deadline.register", recorded)
        found.append(_months("register", recorded, held, "integreringsforskriften § 59"))
    if case.offered_norwegian is not None:
        found += _norwegian(case, case.offered_norwegian, act, rules)
    return tuple(found)


def appeal_due(received: date, permit_granted: date, arrived: date | None, rules: Rules | None = None) -> Deadline:
    """The last day to appeal against a decision that was received on a day."""
    rules = rules or rules_known()
    return _appeal(received, act_of(permit_granted, arrived, rules)[0], rules)


@dataclass(frozen=True, slots=True)
class PlainDeadline:
    """A period that is no part of `samlop law deadlines`: a day, its paragraph, and what is uncertain about it."""

    due: date
    references: tuple[str, ...]
    uncertain: tuple[Note, ...] = ()


def appeal_reply_due(received: date, rules: Rules | None = None) -> PlainDeadline:
    """The day by which whoever appealed gets a reply, or word of when it comes."""
    held = (rules or rules_known()).at("deadline.interim_reply", received)
    return PlainDeadline(add_months(received, held.whole), (held.reference,), (question("interim_reply_on_appeal"),))


def late_appeal_until(decided: date, rules: Rules | None = None) -> PlainDeadline:
    """The last day on which an appeal that came too late may be treated all the same (§ 31 third paragraph)."""
    held = (rules or rules_known()).at("deadline.late_appeal", decided)
    return PlainDeadline(add_months(decided, held.whole), (held.reference,), (question("late_appeal_year"),))


def appeal_on_test_due(result_known: date, rules: Rules | None = None) -> PlainDeadline:
    """The last day to appeal on a test, counted from the day the result was known (the Regulations § 42)."""
    held = (rules or rules_known()).at("deadline.test_appeal_weeks", result_known)
    due = next_working_day(result_known + timedelta(weeks=held.whole))
    return PlainDeadline(due, (held.reference, "forvaltningsloven § 30"), (question("test_result_known"),))


def norwegian_in_parental_leave(leave_starts: date, rules: Rules | None = None) -> PlainDeadline:
    """The first day of the fourth month of parental leave, from which Norwegian must be offered (§ 16)."""
    held = (rules or rules_known()).at("leave.parental.norwegian_from_month", leave_starts)
    return PlainDeadline(add_months(leave_starts, held.whole - 1), (held.reference,))


def registration_due(recorded: date, rules: Rules | None = None) -> PlainDeadline:
    """The day by which something that became known on a day is registered in the national registers (§§ 58–59)."""
    held = (rules or rules_known()).at("deadline.register", recorded)
    return PlainDeadline(add_months(recorded, held.whole), (held.reference, "integreringsforskriften § 59"))


def more_norwegian_due(applied: date, rules: Rules | None = None) -> PlainDeadline:
    """The day by which more Norwegian than the first hours is offered under the old act (introduksjonsloven § 18)."""
    held = (rules or rules_known()).at("deadline.more_norwegian", applied)
    return PlainDeadline(add_months(applied, held.whole), (held.reference,))


def kvp_start_due(applied: date, rules: Rules | None = None) -> PlainDeadline:
    """The day by which a qualification programme begins after an application (sosialtjenesteloven § 31)."""
    held = (rules or rules_known()).at("deadline.kvp_start", applied)
    return PlainDeadline(add_months(applied, held.whole), (held.reference,))


def register_year_due(year: int, rules: Rules | None = None) -> PlainDeadline:
    """The day the national register closes for a year: the last of February of the next, unless IMDi says another."""
    last = date(year, 12, 31)
    held = (rules or rules_known()).at("deadline.register_year", last)
    return PlainDeadline(add_months(last, held.whole), (held.reference,), (question("register_year_deadline"),))
