"""The pages of the run: months, one month, and the differences in closed months."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.benefit.commands import corrections as correcting
from samlop.benefit.commands import run as commands
from samlop.benefit.commands.questions import accept_missing_rolls
from samlop.benefit.commands.run import AT_ONCE
from samlop.benefit.forms.run import AttemptForm, PaymentDayForm, RollsForm, RuleForm
from samlop.benefit.payroll import CONTENT_TYPES, KINDS
from samlop.benefit.preparing import work
from samlop.benefit.queries.runs import differences, months, run_page
from samlop.core.errors import not_found
from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission

PER_PAGE = 100


@page(permission=Permission.PREPARE_BENEFIT)
def month_list(request: ViewerRequest) -> HttpResponse:
    """The months of the municipality."""
    return _month_list(request)


def _month_list(request: ViewerRequest, form: PaymentDayForm | None = None) -> HttpResponse:
    found = months(request.viewer)
    form = form or (PaymentDayForm(initial={"day": found.payment_day}) if found.may_set_day else None)
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "benefit/months.html", {"found": found, "form": form}, status=status)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def payment_day(request: ViewerRequest) -> HttpResponse:
    form = PaymentDayForm(request.POST)
    if form.is_valid() and perform(form, commands.set_payment_day, by=request.viewer, day=form.cleaned_data["day"]):
        messages.success(request, _("Utbetalingsdagen er lagret."))
        return redirect("benefit:months")
    return _month_list(request, form)


@page(permission=Permission.PREPARE_BENEFIT)
def run(request: ViewerRequest, month: str) -> HttpResponse:
    """One month: everyone's lines, what changed, what must be settled."""
    return _run(request, month)


def _run(request: ViewerRequest, month: str, form: HouseForm | None = None) -> HttpResponse:
    show, search = request.GET.get("vis", ""), request.GET.get("sok", "")
    found = run_page(request.viewer, month, show, search)
    paginator = Paginator(found.shown, PER_PAGE)
    context = {
        "found": found,
        "run": found.run,
        "month": month,
        "page": paginator.get_page(request.GET.get("page")),
        "show": show,
        "search": search,
        "bound": form,
        "kinds": KINDS,
    }
    return render(request, "benefit/run.html", context, status=409 if form is not None else 200)


@page(permission=Permission.PREPARE_BENEFIT)
def progress(request: ViewerRequest, month: str) -> HttpResponse:
    """The progress alone, for the page to fetch; when it is over the page is asked to show the result."""
    found = run_page(request.viewer, month)
    answer = render(request, "benefit/progress.html", {"run": found.run, "month": month})
    if found.run is None or found.run.status != "calculating" or found.stopped:
        answer.headers["HX-Refresh"] = "true"
    return answer


@page(permission=Permission.PREPARE_BENEFIT, methods=("POST",))
def start(request: ViewerRequest, month: str) -> HttpResponse:
    """Work the month out, or anew. A small municipality sees it at once; a large one sees how far it has come."""
    form = HouseForm(request.POST)
    if not perform(form, commands.start_run, by=request.viewer, month=month):
        return _run(request, month, form)
    if form.result is not None and form.result.people <= AT_ONCE:
        work(form.result.pk)
    return redirect("benefit:run", month)


@page(permission=Permission.PREPARE_BENEFIT, methods=("POST",))
def go_on(request: ViewerRequest, month: str) -> HttpResponse:
    """Go on with a calculation that stopped."""
    form = HouseForm(request.POST)
    if not perform(form, commands.go_on_with_run, by=request.viewer, month=month):
        return _run(request, month, form)
    return redirect("benefit:run", month)


@page(permission=Permission.PREPARE_BENEFIT, methods=("POST",))
def acknowledge(request: ViewerRequest, month: str) -> HttpResponse:
    """Acknowledge an open question of the law, by name."""
    form = RuleForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    if not perform(form, commands.acknowledge_rule, by=request.viewer, month=month, code=code):
        return _run(request, month, form)
    messages.success(request, _("Lagret med navnet ditt."))
    return redirect("benefit:run", month)


@page(permission=Permission.PREPARE_BENEFIT, methods=("POST",))
def accept_rolls(request: ViewerRequest, month: str) -> HttpResponse:
    """Accept, by name, that rolls are missing for the participants one sees."""
    form = RollsForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if not perform(form, accept_missing_rolls, by=request.viewer, month=month, why=why):
        return _run(request, month, form)
    messages.success(request, _("Lagret med navnet ditt."))
    return redirect("benefit:run", month)


@page(permission=Permission.APPROVE_BENEFIT, methods=("POST",))
def approve(request: ViewerRequest, month: str) -> HttpResponse:
    """Approve the run; it is locked from then on."""
    form = AttemptForm(request.POST)
    attempt = (form.cleaned_data["attempt"] if form.is_valid() else None) or 0
    if not perform(form, commands.approve_run, by=request.viewer, month=month, attempt=attempt):
        return _run(request, month, form)
    messages.success(request, _("Kjøringen er godkjent og låst. Lønnsfilen er klar."))
    return redirect("benefit:run", month)


@page(permission=Permission.PREPARE_BENEFIT, methods=("POST",))
def payroll_file(request: ViewerRequest, month: str, file_kind: str) -> HttpResponse:
    """The payroll file, the same bytes every time."""
    if file_kind not in KINDS:
        raise not_found()
    found = commands.fetch_payroll_file(month=month, kind=file_kind, by=request.viewer)
    head = {
        "Content-Disposition": f'attachment; filename="samlop-stonad-{month}.{file_kind}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(bytes(found.content), content_type=CONTENT_TYPES[file_kind], headers=head)


@page(permission=Permission.PREPARE_BENEFIT)
def difference_list(request: ViewerRequest) -> HttpResponse:
    """The differences in closed months."""
    return _difference_list(request)


def _difference_list(request: ViewerRequest, form: HouseForm | None = None) -> HttpResponse:
    found = differences(request.viewer)
    context: dict[str, Any] = {"found": found, "bound": form}
    return render(request, "benefit/differences.html", context, status=409 if form is not None else 200)


@page(permission=Permission.PREPARE_BENEFIT, methods=("POST",))
def look(request: ViewerRequest) -> HttpResponse:
    """Look for differences now."""
    form = HouseForm(request.POST)
    if not perform(form, correcting.look_for_differences, by=request.viewer):
        return _difference_list(request, form)
    messages.success(request, _("De lukkede månedene er sett gjennom."))
    return redirect("benefit:differences")


def _chosen(request: ViewerRequest) -> list[UUID]:
    """Those ticked, or all that stood on the page: a new basic amount touches everybody at once."""
    wanted = request.POST.get("alle")
    everything = request.POST.get(wanted, "").split() if wanted in ("foreslas", "bekreftes") else []
    found = []
    for text in everything or request.POST.getlist("avvik"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@page(permission=Permission.PREPARE_BENEFIT, methods=("POST",))
def propose(request: ViewerRequest) -> HttpResponse:
    """The first of two: these are right."""
    form = HouseForm(request.POST)
    if not perform(form, correcting.propose_corrections, by=request.viewer, corrections=_chosen(request)):
        return _difference_list(request, form)
    number = form.result or 0
    text = ngettext("%(number)s avvik er foreslått.", "%(number)s avvik er foreslått.", number)
    messages.success(request, text % {"number": number} + " " + _("En annen må bekrefte."))
    return redirect("benefit:differences")


@page(permission=Permission.APPROVE_BENEFIT, methods=("POST",))
def confirm(request: ViewerRequest) -> HttpResponse:
    """The second of two: they are taken in the next run."""
    form = HouseForm(request.POST)
    if not perform(form, correcting.confirm_corrections, by=request.viewer, corrections=_chosen(request)):
        return _difference_list(request, form)
    number = form.result or 0
    text = ngettext("%(number)s avvik er bekreftet.", "%(number)s avvik er bekreftet.", number)
    messages.success(request, text % {"number": number} + " " + _("De blir egne linjer i neste kjøring."))
    return redirect("benefit:differences")
