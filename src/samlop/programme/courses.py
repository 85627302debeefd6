"""The courses of a caseload, read once for every room that derives something from them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from samlop.cases.caseload import Caseload
from samlop.core.prepared import prepared
from samlop.programme.models import Course
from samlop.programme.phases_of_case import course_of


def courses_of(caseload: Caseload) -> dict[UUID, Course]:
    """The course of each case that has one. One query for all rooms together."""
    return caseload.once("programme.courses", _read)


def _read(caseload: Caseload) -> dict[UUID, Course]:
    if len(caseload.cases) == 1:  # an opened case keeps its course
        found = {key: course_of(case) for key, case in caseload.cases.items()}
        return {key: course for key, course in found.items() if course is not None}
    return {course.case_id: course for course in _courses(caseload.ids)}


@prepared
def _courses(cases: Collection[UUID]) -> QuerySet[Course]:
    return Course.objects.filter(case_id__among=cases)
