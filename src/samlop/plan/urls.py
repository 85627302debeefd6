"""Addresses of the plan; all under a case."""

from __future__ import annotations

from django.urls import URLPattern, path

from samlop.plan.views import contributions, goals, line, page, steps, versions

app_name = "plan"

PLAN = "sak/<uuid:case_id>/plan/"

urlpatterns: list[URLPattern] = [
    path(PLAN, page.plan, name="plan"),
    path(f"{PLAN}langsiktig-mal/", goals.long_term_goal, name="long_term_goal"),
    path(f"{PLAN}sluttmal/", goals.end_goal, name="end_goal"),
    path(f"{PLAN}norskmal/", goals.norwegian_goal, name="norwegian_goal"),
    path(f"{PLAN}vesentlig-endring/", goals.material_change, name="material_change"),
    path(f"{PLAN}delmal/ny/", goals.new_partial_goal, name="new_partial_goal"),
    path(f"{PLAN}delmal/<uuid:goal_id>/", goals.partial_goal, name="partial_goal"),
    path(f"{PLAN}delmal/<uuid:goal_id>/nadd/", goals.reach, name="reach"),
    path(f"{PLAN}delmal/<uuid:goal_id>/fjern/", goals.remove, name="remove_partial_goal"),
    path(f"{PLAN}delmal/<uuid:goal_id>/hent-tilbake/", goals.restore, name="restore_partial_goal"),
    path(f"{PLAN}tiltak/ny/", steps.new, name="new_step"),
    path(f"{PLAN}tiltak/<uuid:step_id>/", steps.change, name="step"),
    path(f"{PLAN}tiltak/<uuid:step_id>/status/", steps.report, name="report_step"),
    path(f"{PLAN}tiltak/<uuid:step_id>/fjern/", steps.remove, name="remove_step"),
    path(f"{PLAN}tiltak/<uuid:step_id>/hent-tilbake/", steps.restore, name="restore_step"),
    path(f"{PLAN}bidrag/ny/", contributions.write, name="write"),
    path(f"{PLAN}bidrag/utkast/<uuid:draft_id>/", contributions.draft, name="draft"),
    path(f"{PLAN}bidrag/utkast/<uuid:draft_id>/slett/", contributions.discard, name="discard_draft"),
    path(f"{PLAN}bidrag/<uuid:contribution_id>/trekk/", contributions.withdraw, name="withdraw"),
    path(f"{PLAN}linje/", line.line, name="line"),
    path(f"{PLAN}linje.pdf", line.pdf, name="pdf"),
    path(f"{PLAN}samtale/", versions.talk, name="talk"),
    path(f"{PLAN}versjoner/", versions.versions, name="versions"),
    path(f"{PLAN}versjoner/sammenlign/", versions.compare, name="compare"),
    path(f"{PLAN}versjoner/<int:number>/", versions.version, name="version"),
    path(f"{PLAN}motstrid/ny/", contributions.mark, name="mark_contradiction"),
    path(f"{PLAN}motstrid/<uuid:contradiction_id>/", contributions.settle, name="settle_contradiction"),
]
