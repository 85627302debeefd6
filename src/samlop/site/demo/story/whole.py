"""The whole of one story, in order."""

from __future__ import annotations

from samlop.site.demo.keys import Keys
from samlop.site.demo.life import Life
from samlop.site.demo.load import Rows
from samlop.site.demo.story import arrival, attendance, decisions, pay, plan, rest, talks, weeks
from samlop.site.demo.story.base import Amount, Story
from samlop.site.demo.towns import Actor, Town


def tell(
    rows: Rows,
    town: Town,
    life: Life,
    adviser: Actor,
    number: int,
    amount: Amount,
    *,
    username: str = "",
    grantee: Actor | None = None,
    continues: Story | None = None,
) -> Story:
    """Tell one life in a town: person, case, team, course, decisions, plan, talks, levels, effort, handover and end."""
    keys = Keys(f"{town.keys.path}/{number}", town.keys.number + 1 + number)
    story = Story(rows, town, life, keys, number, amount, continues=continues)
    arrival.meet(story, username)
    arrival.open_case(story)
    arrival.gather_team(story, adviser)
    arrival.begin_course(story)
    decisions.decide(story)
    told = plan.open_plan(story)
    talks.hold_talks(story, told)
    weeks.give_week(story, told)
    rest.levels(story)
    rest.efforts(story)
    rest.hand_over(story)
    rest.specials(story)
    if grantee is not None:
        rest.give_grant(story, grantee)
    rest.end(story)
    attendance.attend(story)
    pay.pay(story)
    rest.readings(story)
    story.finish()
    return story
