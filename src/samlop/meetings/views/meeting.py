"""The page while people talk. It is one form with many buttons: whichever is pressed, what is typed is saved first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.core.ids import uuid7
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.meetings import commands, queries
from samlop.meetings.forms import AmendForm, HoldForm
from samlop.meetings.queries import MeetingPage


@page(section=Section.PLAN, methods=("GET", "POST"))
def meeting(request: ViewerRequest, case_id: UUID, meeting_id: UUID) -> HttpResponse:
    shown = queries.meeting_page(request.viewer, case_id, meeting_id)
    if request.method == "POST":
        return Holding(request, shown).run()
    return _show(request, shown, HoldForm(shown=shown))


def _show(request: ViewerRequest, shown: MeetingPage, form: HoldForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "shown": shown,
        "case": shown.case,
        "meeting": shown.meeting,
        "form": form,
        "amend": AmendForm(prefix="amend"),
    }
    return render(request, "meetings/meeting.html", context | more, status=status)


class Holding:
    """One press of a button on the page: everything typed is saved, then what the button says is done.

    Each part is a command of its own, so that minutes are saved also where an action is refused. What has been saved is
    cleared from the form; what was refused is shown as it was typed.
    """

    def __init__(self, request: ViewerRequest, shown: MeetingPage) -> None:
        self.request = request
        self.shown = shown
        self.typed = request.POST.copy()
        self.form = HoldForm(self.typed, shown=shown)
        self.refusals: list[Refused] = []
        self.anchor = ""
        self.elsewhere = ""
        self.told = _("Lagret.")

    def run(self) -> HttpResponse:
        """Do it all and answer."""
        if self.form.is_valid():
            self._save()
            self._press(*self.request.POST.get("do", "").split(":", 1))
            if not self.refusals:
                messages.success(self.request, self.told)
                return redirect(self.elsewhere or self._here())
        return self._show_again()

    def _here(self) -> str:
        return reverse("meetings:meeting", args=[self.shown.case.pk, self.shown.meeting.pk]) + self.anchor

    def _act(self, command: Callable[..., Any], part: str, **arguments: Any) -> Any:
        """Run one command; a refusal is kept for the page, one about access is raised on.

        The form's key is one, the commands are many: each gets its own key made from it.
        """
        once = self.form.cleaned_data.get("once")
        try:
            return command(
                case=self.shown.case.pk, by=self.request.viewer, once=uuid5(once, part) if once else None, **arguments
            )
        except Refused as refusal:
            if refusal.status in (403, 404):
                raise
            self.refusals.append(refusal)
            return None

    def _save(self) -> None:
        typed, key = self.form.cleaned_data, self.shown.meeting.pk
        saved = self._act(
            commands.write_minutes, "minutes", meeting_id=key, text=typed["minutes"], revision=typed["revision"]
        )
        if saved is not None:
            self.typed["revision"] = str(saved.revision)
        self._note_attendance(set(typed["present"]), set(self.form.shown_first().get("present", ())), key)
        if typed["new_point"]:
            self.anchor = "#saksliste"
            if self._act(commands.add_point, "point", meeting_id=key, text=typed["new_point"]):
                self.typed["new_point"] = ""
        if typed["new_action"]:
            self._add_action(typed, key)

    def _note_attendance(self, ticked: set[str], shown: set[str], key: UUID) -> None:
        """Only what was ticked or cleared: what a colleague has noted since the page was opened, stays."""
        came, stayed_away = ({UUID(one) for one in ones} for ones in (ticked - shown, shown - ticked))
        if came or stayed_away:
            noted = {"came": came, "stayed_away": stayed_away}
            self._act(commands.note_attendance, "attendance", meeting_id=key, **noted)

    def _add_action(self, typed: dict[str, Any], key: UUID) -> None:
        self.anchor = "#oppgaver"
        made = self._act(
            commands.add_action,
            "action",
            meeting_id=key,
            text=typed["new_action"],
            responsible=typed["new_responsible"],
            due_on=typed["new_due"],
        )
        if made:
            self.typed["new_action"] = self.typed["new_responsible"] = self.typed["new_due"] = ""

    def _press(self, what: str, which: str = "") -> None:
        """What the button says. An unknown button only saves."""
        key = self.shown.meeting.pk
        match what:
            case "up" | "down":
                self.anchor = "#saksliste"
                self._act(commands.move_point, what, meeting_id=key, item_id=_key(which), up=what == "up")
            case "remove":
                self.anchor = "#saksliste"
                self._act(commands.remove_point, what, meeting_id=key, item_id=_key(which))
            case "add":
                self._add_proposed(which, key)
            case "done":
                self.anchor = "#oppgaver"
                self._act(commands.finish_action, what, action_id=_key(which))
            case "edit":
                self.elsewhere = reverse("meetings:action", args=[self.shown.case.pk, _key(which)])
            case "change":
                self.elsewhere = reverse("meetings:change", args=[self.shown.case.pk, key])
            case "close" if not self.refusals:
                self._close(key)

    def _add_proposed(self, which: str, key: UUID) -> None:
        self.anchor = "#saksliste"
        for point in self.shown.points:
            if which in (point.key, "all"):
                self._act(
                    commands.add_point,
                    f"add {point.key}",
                    meeting_id=key,
                    text=point.text,
                    source=point.source,
                    source_id=point.source_id,
                )

    def _close(self, key: UUID) -> None:
        names = ("participant_view", "participant_words", "decision_reason")
        said = {name: self.form.cleaned_data.get(name, "") for name in names}
        if self._act(commands.close_meeting, "close", meeting_id=key, **said):
            self.told = _("Møtet er lukket.")

    def _show_again(self) -> HttpResponse:
        """The page as it was typed, with what was refused; on a clash both versions of the minutes are shown."""
        shown = queries.meeting_page(self.request.viewer, self.shown.case.pk, self.shown.meeting.pk)
        # What was saved has used its key. With the same one the next press would be taken for a double click of this,
        # and what is typed from here on would be told saved without being it.
        self.typed["once"] = str(uuid7())
        form = HoldForm(self.typed, shown=shown)
        form.is_valid()
        theirs = ""
        for refusal in self.refusals:
            form.refuse(refusal)
            if refusal.code == "changed_meanwhile":
                theirs = shown.meeting.minutes
                # Saving once more is now a choice: the other text has been seen.
                self.typed["revision"] = str(shown.meeting.revision)
        status = self.refusals[0].status if self.refusals else 422
        return _show(self.request, shown, form, status, theirs=theirs)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused("not_found", _("Siden er foreldet. Last den på nytt.")) from None


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def amend(request: ViewerRequest, case_id: UUID, meeting_id: UUID) -> HttpResponse:
    form = AmendForm(request.POST, prefix="amend")
    text = form.cleaned_data["addition"] if form.is_valid() else ""
    if perform(form, commands.amend_minutes, case=case_id, meeting_id=meeting_id, text=text, by=request.viewer):
        messages.success(request, _("Tillegget er lagret."))
        return redirect("meetings:meeting", case_id, meeting_id)
    shown = queries.meeting_page(request.viewer, case_id, meeting_id)
    return _show(request, shown, HoldForm(shown=shown), 422, amend=form)
