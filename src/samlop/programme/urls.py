"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.programme.views import complaints, course, decisions, earlier, ending, register, rights, signing

app_name = "programme"
CASE = "sak/<uuid:case_id>/program/"
DECISION = f"{CASE}vedtak/<uuid:decision_id>/"
COMPLAINT = f"{DECISION}klage/<uuid:complaint_id>/"
urlpatterns = [
    path("kommune/nir/", register.register, name="register"),
    path("kommune/oppsett/undertegning/", signing.signing, name="signing"),
    path("kommune/oppsett/undertegning/<uuid:delegation_id>/trekk/", signing.signing_withdraw, name="signing_withdraw"),
    path(CASE, course.course, name="course"),
    path(f"{CASE}datoer/", course.dates, name="dates"),
    path(f"{CASE}sluttmal/", course.end_goal, name="end_goal"),
    path(f"{CASE}kartlegging/", course.mapping, name="mapping"),
    path(f"{CASE}nav/", course.nav_need, name="nav_need"),
    path(f"{CASE}avslutt/", course.end, name="end"),
    path(f"{CASE}lukk/", course.close, name="close"),
    path(f"{CASE}gjenapne/", course.reopen, name="reopen"),
    path(f"{CASE}rett/", rights.eligibility, name="eligibility"),
    path(f"{CASE}rett/opplysninger/", rights.facts, name="facts"),
    path(f"{CASE}deltakerbevis/", ending.certificate, name="certificate"),
    path(f"{CASE}deltakerbevis/gitt/", ending.certificate_given, name="certificate_given"),
    path(f"{CASE}slutt-registrert/", ending.end_registered, name="end_registered"),
    path(f"{CASE}vedtak/", decisions.decisions, name="decisions"),
    path(f"{CASE}vedtak/nytt/<slug:what>/", decisions.decision_new, name="decision_new"),
    path(f"{CASE}vedtak/for-samlop/ingen/", earlier.earlier_none, name="earlier_none"),
    path(f"{CASE}vedtak/for-samlop/<slug:what>/", earlier.decision_earlier, name="decision_earlier"),
    path(DECISION, decisions.decision, name="decision"),
    path(f"{DECISION}ta-bort/", earlier.earlier_out, name="earlier_out"),
    path(f"{DECISION}endre/", decisions.decision_edit, name="decision_edit"),
    path(f"{DECISION}undertegn/", decisions.decision_sign, name="decision_sign"),
    path(f"{DECISION}ny-slutt/", decisions.decision_new_end, name="decision_new_end"),
    path(f"{DECISION}slett/", decisions.decision_discard, name="decision_discard"),
    path(f"{DECISION}brev/", decisions.decision_letter, name="decision_letter"),
    path(f"{DECISION}sendt/", decisions.decision_sent, name="decision_sent"),
    path(f"{DECISION}mottatt/", decisions.decision_received, name="decision_received"),
    path(f"{DECISION}registrert/", decisions.decision_registered, name="decision_registered"),
    path(f"{DECISION}klage/", complaints.complaint_new, name="complaint_new"),
    path(f"{COMPLAINT}for-sen/", complaints.complaint_late, name="complaint_late"),
    path(f"{COMPLAINT}vurdert/", complaints.complaint_reconsider, name="complaint_reconsider"),
    path(f"{COMPLAINT}sendt/", complaints.complaint_forward, name="complaint_forward"),
    path(f"{COMPLAINT}svar/", complaints.complaint_outcome, name="complaint_outcome"),
]
