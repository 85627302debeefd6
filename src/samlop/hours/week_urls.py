"""Addresses of the week, the groups, the year calendar and the calendar feed."""

from __future__ import annotations

from django.urls import URLPattern, path

from samlop.hours.views import calendar, groups, slots, week

WEEK = "sak/<uuid:case_id>/uke/"
SLOT = f"{WEEK}time/<uuid:slot_id>/"
GROUP = "grupper/<uuid:group_id>/"
CLASS_SLOT = f"{GROUP}time/<uuid:class_slot_id>/"

week_urls: list[URLPattern] = [
    path(WEEK, week.week, name="week"),
    path(f"{WEEK}time/ny/", slots.new, name="new_slot"),
    path(SLOT, slots.slot, name="slot"),
    path(f"{SLOT}som-vanlig/", slots.as_usual, name="slot_as_usual"),
    path(f"{WEEK}kopier/", slots.copy, name="copy_week"),
    path(f"{WEEK}heltid/", week.full_time, name="full_time"),
    path(f"{WEEK}kalender/", week.make_link, name="make_link"),
    path(f"{WEEK}kalender/steng/", week.revoke_link, name="revoke_link"),
    path(f"{WEEK}<slug:week>/", week.week_of, name="week_of"),
    path(f"{WEEK}<slug:week>/uke.pdf", week.week_pdf, name="week_pdf"),
    path("kalender/<slug:secret>.ics", week.feed, name="feed"),
    path("kommune/aar/", calendar.now, name="year_now"),
    path("kommune/aar/<int:year>/", calendar.year, name="year"),
    path("kommune/aar/<int:year>/merk/", calendar.mark, name="mark_days"),
    path("kommune/aar/<int:year>/fjern/", calendar.unmark, name="unmark_days"),
    path("kommune/uke/<slug:week>/", calendar.week_of_year, name="week_of_year"),
    path("grupper/", groups.group_list, name="groups"),
    path(GROUP, groups.group, name="group"),
    path(f"{GROUP}endre/", groups.change, name="change_group"),
    path(f"{GROUP}deltakere/", groups.add_members, name="add_members"),
    path(f"{GROUP}deltakere/<uuid:member_id>/ut/", groups.end_membership, name="end_membership"),
    path(f"{GROUP}time/ny/", groups.add_hour, name="add_hour"),
    path(CLASS_SLOT, groups.class_slot, name="class_slot"),
    path(f"{CLASS_SLOT}som-vanlig/", groups.as_usual, name="class_as_usual"),
]
