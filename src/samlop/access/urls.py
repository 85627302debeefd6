"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.access import views

app_name = "access"
urlpatterns = [
    path("rolle/velg/", views.act_as, name="act_as"),
    path("sak/<uuid:case_id>/innsyn/", views.who_sees, name="who_sees"),
    path("sak/<uuid:case_id>/innsyn/logg/", views.reading_log, name="reading_log"),
    path("sak/<uuid:case_id>/innsyn/innvending/", views.objection, name="objection"),
    path("sak/<uuid:case_id>/innsyn/innvending/<uuid:objection_id>/", views.answer_objection, name="answer_objection"),
    path("sak/<uuid:case_id>/innsyn/tilgang/", views.grant, name="grant"),
    path("sak/<uuid:case_id>/innsyn/tilgang/<uuid:grant_id>/trekk/", views.revoke_grant, name="revoke_grant"),
    path("nodtilgang/", views.override, name="override"),
    path("nodtilgang/<uuid:override_id>/avslutt/", views.close_override, name="close_override"),
    path("kontrolliste/", views.control_list, name="control_list"),
    path("kontrolliste/<uuid:override_id>/", views.review_override, name="review_override"),
    path("tilgang/", views.policy_page, name="policy"),
    path("kommune/endringer/", views.changes, name="changes"),
    path("kommune/tilgang/", views.narrow, name="narrow"),
    path("kommune/tilgang/<uuid:narrowing_id>/fjern/", views.widen_back, name="widen_back"),
    path("delt-med-meg/", views.my_grants, name="my_grants"),
]
