"""Addresses of the plan; all under a case."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from samlop.plan.views import contributions, goals, page, steps

app_name = "plan"

_plan: list[URLPattern] = [
    path("", page.plan, name="plan"),
    path("langsiktig-mal/", goals.long_term_goal, name="long_term_goal"),
    path("sluttmal/", goals.end_goal, name="end_goal"),
    path("norskmal/", goals.norwegian_goal, name="norwegian_goal"),
    path("vesentlig-endring/", goals.material_change, name="material_change"),
    path("delmal/ny/", goals.new_partial_goal, name="new_partial_goal"),
    path("delmal/<uuid:goal_id>/", goals.partial_goal, name="partial_goal"),
    path("delmal/<uuid:goal_id>/nadd/", goals.reach, name="reach"),
    path("delmal/<uuid:goal_id>/fjern/", goals.remove, name="remove_partial_goal"),
    path("delmal/<uuid:goal_id>/hent-tilbake/", goals.restore, name="restore_partial_goal"),
    path("tiltak/ny/", steps.new, name="new_step"),
    path("tiltak/<uuid:step_id>/", steps.change, name="step"),
    path("tiltak/<uuid:step_id>/status/", steps.report, name="report_step"),
    path("tiltak/<uuid:step_id>/fjern/", steps.remove, name="remove_step"),
    path("tiltak/<uuid:step_id>/hent-tilbake/", steps.restore, name="restore_step"),
    path("bidrag/ny/", contributions.write, name="write"),
    path("bidrag/utkast/<uuid:draft_id>/", contributions.draft, name="draft"),
    path("bidrag/utkast/<uuid:draft_id>/slett/", contributions.discard, name="discard_draft"),
    path("bidrag/<uuid:contribution_id>/trekk/", contributions.withdraw, name="withdraw"),
    path("motstrid/ny/", contributions.mark, name="mark_contradiction"),
    path("motstrid/<uuid:contradiction_id>/", contributions.settle, name="settle_contradiction"),
]

urlpatterns = [path("sak/<uuid:case_id>/plan/", include(_plan))]
