"""The last day the programme can have: the ordinary length, time used elsewhere, added time and a lawful extension.

Integration Act §§ 13–14 and the Regulations §§ 10 and 19. The programme ends then, or with the goal (§ 18 a).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from samlop.law.absence import AddedTime
from samlop.law.dates import ONE_DAY, is_working_day, last_day_of
from samlop.law.duration import Duration
from samlop.law.texts import Note, question


@dataclass(frozen=True, slots=True)
class LatestEnd:
    """`ordinary` is the last day without an extension, `extended` with the longest one; none where there is none."""

    ordinary: date
    extended: date | None
    added_days: int
    used_before_days: int
    references: tuple[str, ...]
    uncertain: tuple[Note, ...]


def add_working_days(day: date, days: int) -> date:
    """The working day that many working days later; the day itself for none."""
    while days > 0:
        day += ONE_DAY
        if is_working_day(day):
            days -= 1
    return day


def latest_end(answer: Duration, start: date, added: AddedTime | None = None, used_before_days: int = 0) -> LatestEnd:
    """The last day of a programme that began on `start` in this municipality.

    `used_before_days` are calendar days used in earlier municipalities; that the new one counts them is practice, not
    stated in the act, so the answer says so. `added` are working days that absence and leave add at the end.
    """
    days = added.days if added else 0

    def moved(months: int) -> date:
        end = last_day_of(start, months) - timedelta(days=used_before_days)
        return add_working_days(max(end, start), days)

    longest = answer.ordinary_months + answer.extension_months
    uncertain = [*answer.uncertain, *(added.uncertain if added and days else ())]
    if used_before_days:
        uncertain.append(question("moved_between_municipalities"))
    return LatestEnd(
        ordinary=moved(answer.ordinary_months),
        extended=moved(longest) if answer.extension_months else None,
        added_days=days,
        used_before_days=used_before_days,
        references=(*answer.references, *(added.references if added and days else ())),
        uncertain=tuple(dict.fromkeys(uncertain)),
    )
