"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.benefit.views import case, instalments, run

CASE = "sak/<uuid:case_id>/stonad/"
MONTH = "stonad/<slug:month>/"

app_name = "benefit"
urlpatterns = [
    path(CASE, case.show, name="case"),
    path(f"{CASE}opplysning/", case.add, name="add"),
    path(f"{CASE}opplysning/<uuid:circumstance_id>/slutt/", case.end, name="end"),
    path(f"{CASE}opplysning/<uuid:circumstance_id>/trekk-tilbake/", case.withdraw, name="withdraw"),
    path(f"{CASE}arbeid/", case.work, name="work"),
    path(f"{CASE}arbeid/<uuid:work_id>/trekk-tilbake/", case.withdraw_work, name="withdraw_work"),
    path(f"{CASE}avvik/<uuid:correction_id>/gjort-opp/", case.elsewhere, name="elsewhere"),
    path(f"{CASE}avvik/<uuid:correction_id>/vedtak/", case.draft_repayment, name="draft_repayment"),
    path(f"{CASE}avvik/<uuid:correction_id>/avdrag/", instalments.propose, name="propose_instalments"),
    path(f"{CASE}avdrag/<uuid:plan_id>/bekreft/", instalments.confirm, name="confirm_instalments"),
    path(f"{CASE}avdrag/<uuid:plan_id>/trekk-tilbake/", instalments.withdraw, name="withdraw_instalments"),
    path(f"{CASE}avdrag/<uuid:plan_id>/stopp/", instalments.stop, name="stop_instalments"),
    path(f"{CASE}<slug:month>/svar/", case.answer, name="answer"),
    path(f"{CASE}<slug:month>/svar/igjen/", case.reopen, name="reopen"),
    path(f"{CASE}<slug:month>/vedtak/", case.draft_deduction, name="draft_deduction"),
    path(f"{CASE}<slug:month>.pdf", case.pdf, name="pdf"),
    path("stonad/", run.month_list, name="months"),
    path("stonad/utbetalingsdag/", run.payment_day, name="payment_day"),
    path("stonad/avvik/", run.difference_list, name="differences"),
    path("stonad/avvik/se-etter/", run.look, name="look"),
    path("stonad/avvik/foresla/", run.propose, name="propose"),
    path("stonad/avvik/bekreft/", run.confirm, name="confirm"),
    path(MONTH, run.run, name="run"),
    path(f"{MONTH}framdrift/", run.progress, name="progress"),
    path(f"{MONTH}regn-ut/", run.start, name="start"),
    path(f"{MONTH}fortsett/", run.go_on, name="go_on"),
    path(f"{MONTH}regel/", run.acknowledge, name="acknowledge"),
    path(f"{MONTH}oppmote/", run.accept_rolls, name="accept_rolls"),
    path(f"{MONTH}godkjenn/", run.approve, name="approve"),
    path(f"{MONTH}fil/<slug:file_kind>/", run.payroll_file, name="payroll_file"),
]
