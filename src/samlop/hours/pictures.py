"""Pictures of what an hour holds, for those who read little: one small drawing for each kind, the same everywhere."""

from __future__ import annotations

from samlop.plan.vocabulary import StepKind

PICTURES: dict[str, str] = {
    StepKind.NORWEGIAN: "book",
    StepKind.SOCIAL_STUDIES: "society",
    StepKind.LIFE_SKILLS: "heart",
    StepKind.PARENTAL_GUIDANCE: "family",
    StepKind.CAREER_GUIDANCE: "sign",
    StepKind.PRIMARY_SCHOOL: "book",
    StepKind.UPPER_SECONDARY: "book",
    StepKind.VOCATIONAL_COURSE: "tools",
    StepKind.LANGUAGE_PRACTICE: "talk",
    StepKind.WORK_PRACTICE: "work",
    StepKind.WORK_TRAINING: "work",
    StepKind.WAGE_SUBSIDY: "work",
    StepKind.MENTOR: "together",
    StepKind.NAV_MEASURE: "list",
    StepKind.JOB: "work",
    StepKind.JOB_SEARCH: "sign",
    StepKind.COMMUNITY: "together",
    StepKind.OWN_ACTIVITY: "pencil",
    StepKind.RECOGNITION: "book",
    StepKind.OTHER: "other",
}
"""The name of the drawing in ``static/hours/symbols``; the page and the paper show the same file."""


def picture(kind: str) -> str:
    """The drawing of a kind of hour."""
    return PICTURES.get(kind, "other")
