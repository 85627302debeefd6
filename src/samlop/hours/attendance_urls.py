"""Addresses of attendance and leave."""

from __future__ import annotations

from datetime import date

from django.urls import URLPattern, path, register_converter

from samlop.hours.views import absence, classes, leave, workplace


class IsoDay:
    """A day in an address: «2026-11-20»."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m-%d}"


register_converter(IsoDay, "isoday")

CASE = "sak/<uuid:case_id>/fravaer/"
ABSENCE = f"{CASE}<uuid:absence_id>/"
LEAVE = f"{CASE}permisjon/<uuid:leave_id>/"
WORK_PLACE = f"{CASE}arbeidsplassen/"

attendance_urls: list[URLPattern] = [
    path("opprop/", classes.rolls, name="rolls"),
    path("klasser/<uuid:group_id>/<isoday:day>/", classes.class_list, name="class_list"),
    path("klasser/<uuid:group_id>/<isoday:day>/endret/", classes.list_changed, name="list_changed"),
    path(CASE, absence.absences, name="absences"),
    path(f"{CASE}nytt/", absence.report, name="report"),
    path(f"{CASE}omsorg/", absence.care, name="care"),
    path(f"{CASE}egenmelding/", absence.self_certificate, name="self_certificate"),
    path(ABSENCE, absence.absence, name="absence"),
    path(f"{ABSENCE}grunn/", absence.settle, name="settle"),
    path(f"{ABSENCE}rett/", absence.correct, name="correct"),
    path(f"{ABSENCE}trekk/", absence.withdraw, name="withdraw"),
    path(f"{ABSENCE}vist/", absence.paper, name="paper"),
    path(f"{CASE}permisjon/ny/", leave.ask, name="ask_leave"),
    path(LEAVE, leave.leave, name="leave"),
    path(f"{LEAVE}svar/", leave.answer, name="answer_leave"),
    path(f"{LEAVE}trekk/", leave.withdraw, name="withdraw_leave"),
    path(f"{LEAVE}vist/", leave.paper, name="leave_paper"),
    path(WORK_PLACE, workplace.work_place, name="work_place"),
    path(f"{WORK_PLACE}ny/", workplace.make_link, name="work_place_link"),
    path(f"{WORK_PLACE}<uuid:link_id>/trekk/", workplace.revoke, name="revoke_work_place"),
    path("arbeidsplass/<str:token>/", workplace.confirm, name="confirm"),
    path("arbeidsplass/<str:token>/<isoday:day>/", workplace.confirm_week, name="confirm_week"),
    path("oppsett/fravaer/", absence.rules, name="attendance_rules"),
]
