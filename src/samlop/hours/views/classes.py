"""The class list: one press changes one person, and the answer shows what colleagues have done meanwhile."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.core.errors import Refused, not_found
from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.core.time import today
from samlop.hours.commands.attendance import mark_away, mark_here, take_roll
from samlop.hours.cutoff import correction_text
from samlop.hours.forms.attendance import RowForm
from samlop.hours.list_state import read_stamp
from samlop.hours.queries import classes as queries
from samlop.hours.queries import list_changes
from samlop.hours.queries.classes import ClassList, Row
from samlop.law.absence import reasons


@page(permission=Permission.PLAN_CLASSES)
def rolls(request: ViewerRequest) -> HttpResponse:
    """Today's groups, and the days that nobody has taken the roll of."""
    shown = queries.rolls(request.viewer)
    return render(request, "hours/rolls.html", {"rolls": shown, "on": today()})


@page(permission=Permission.PLAN_CLASSES, methods=("GET", "POST"))
def class_list(request: ViewerRequest, group_id: UUID, day: date) -> HttpResponse:
    """The list of a group on a day. POST ``do`` is away, here, detail or roll; ``case`` is who."""
    if request.method == "POST":
        return Press(request, group_id, day).answer()
    return _show(request, queries.class_list(request.viewer, group_id, day), request.GET.get("apne", ""))


@page(permission=Permission.PLAN_CLASSES)
def list_changed(request: ViewerRequest, group_id: UUID, day: date) -> HttpResponse:
    """Whether a list that was shown (``sett``) has been changed by others: nothing, or words that say so."""
    mark, since = read_stamp(request.GET.get("sett", ""))
    if mark == list_changes.list_mark(request.viewer, group_id, day):
        return HttpResponse(status=204)
    change = list_changes.last_change(request.viewer, group_id, day, since)
    return render(request, "hours/parts/list_changed.html", {"change": change, "group_id": group_id, "day": day})


def _show(
    request: ViewerRequest,
    shown: ClassList,
    opened: str = "",
    form: RowForm | None = None,
    *,
    said: str = "",
    others: str = "",
    clash: str = "",
) -> HttpResponse:
    row = next((one for one in shown.rows if str(one.case.pk) == opened and one.absence and one.may), None)
    if row is not None and form is None:
        assert row.absence is not None
        form = _form(initial={"hours": row.absence.hours, "code": _own_code(row)}, prefix=None)
    context = {"shown": shown, "opened": opened if row else "", "form": form, "said": said, "on": today()}
    context |= {"others": others, "clash": clash}
    part = "#list" if request.htmx and not request.htmx.boosted else ""
    refused = form is not None and form.is_bound and bool(form.errors)
    status = 409 if clash else form.answers if refused and form else 200
    # What is to change in place is put there whatever it says, so it always answers that all is well.
    return render(request, f"hours/class_list.html{part}", context, status=200 if part else status)


def _form(*args: Any, **kwargs: Any) -> RowForm:
    return RowForm(*args, reasons=[one for one in reasons().values() if one.only_act is None], **kwargs)


def _own_code(row: Row) -> str:
    return row.absence.code if row.absence else ""


class Press:
    """One press of a button on the list."""

    def __init__(self, request: ViewerRequest, group_id: UUID, day: date) -> None:
        self.request, self.group_id, self.day = request, group_id, day
        self.others = ""

    def answer(self) -> HttpResponse:
        viewer, typed = self.request.viewer, self.request.POST
        shown = queries.class_list(viewer, self.group_id, self.day)
        self.others = self._others(shown)
        what, who = typed.get("do", ""), typed.get("case", "")
        if what == "roll":
            return self._done(self._roll())
        row = next((one for one in shown.rows if str(one.case.pk) == who), None)
        if row is None or what not in ("away", "here", "detail"):
            raise not_found()
        form: HouseForm = _form(typed) if what == "detail" else HouseForm(typed)
        values: dict[str, Any] = {"case": row.case.pk, "group_id": self.group_id, "day": self.day}
        values["seen"] = typed.get("sto")
        if what == "detail" and form.is_valid():
            values |= {name: form.cleaned_data[name] for name in ("hours", "code")} | {"shown": form.shown_first()}
        name = row.case.person.name
        if perform(form, mark_here if what == "here" else mark_away, by=viewer, **values):
            return self._done(_("%(name)s: lagret.") % {"name": name}, row)
        return self._refused(form, row)

    def _others(self, shown: ClassList) -> str:
        """What others have done with the list since the page was opened, in words; empty where nothing."""
        mark, since = read_stamp(self.request.POST.get("sett", ""))
        if since is None or mark == shown.mark:
            return ""
        return list_changes.last_change(self.request.viewer, self.group_id, self.day, since).text

    def _refused(self, form: HouseForm, row: Row) -> HttpResponse:
        """The list as it stands now, with what was typed where it still can be."""
        again = queries.class_list(self.request.viewer, self.group_id, self.day)
        key = str(row.case.pk)
        if isinstance(form, RowForm) and any(str(one.case.pk) == key and one.absence for one in again.rows):
            return _show(self.request, again, key, form)
        said = " ".join(str(one) for one in form.non_field_errors())
        if form.answers != HTTPStatus.CONFLICT:
            raise Refused("not_saved", said)
        return _show(self.request, again, key, clash=f"{row.case.person.name}: {said}")

    def _roll(self) -> str:
        form = HouseForm(self.request.POST)
        if not perform(form, take_roll, group_id=self.group_id, day=self.day, by=self.request.viewer):
            raise Refused("not_saved", " ".join(str(one) for one in form.non_field_errors()))
        return _("Opprop er tatt.")

    def _done(self, said: str, row: Row | None = None) -> HttpResponse:
        """The list anew, with everybody's changes; without script by a redirect to the row."""
        viewer = self.request.viewer
        if late := correction_text(viewer.municipality_id, self.day):
            said = f"{said} {late}"
        if self.request.htmx:
            again = queries.class_list(viewer, self.group_id, self.day)
            return _show(self.request, again, said=said, others=self.others)
        messages.success(self.request, said)
        if self.others:
            messages.info(self.request, self.others)
        here = reverse("hours:class_list", args=[self.group_id, self.day])
        return redirect(f"{here}#rad-{row.case.pk}" if row else here)
