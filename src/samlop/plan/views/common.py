"""What the pages of the room share: opening for editing, saving, and showing both texts when two write at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.core.forms import HouseForm, said
from samlop.core.pages import ViewerRequest, perform
from samlop.plan.compare import FieldDifference, differing_words
from samlop.plan.editing import require_editor, require_open
from samlop.plan.forms import RevisionForm
from samlop.plan.queries import conflict_of
from samlop.plan.queries.parts import Conflict

HIDDEN = frozenset({"once", "revision"})


@dataclass(frozen=True)
class BothTexts:
    """What stands in the plan now, who wrote it, and how the writer's own text differs – field by field."""

    conflict: Conflict | None
    fields: list[FieldDifference]


@dataclass(frozen=True, kw_only=True)
class Editing:
    """One part of the plan in a form: how it stands now (with its revision), and where in the journal its changes are
    told. ``arguments`` are what the command takes beside the fields of the form."""

    case: Case
    title: str
    act: Callable[..., Any]
    saved: str
    now: Mapping[str, Any] = field(default_factory=dict)
    arguments: Mapping[str, Any] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    key: UUID | None = None
    intro: str = ""
    submit: str = ""
    back: str = ""
    contributions: Sequence[Any] = ()
    """Those the form is about, shown above it."""

    @property
    def revision(self) -> int:
        """The revision that stands now; 0 for what is new."""
        return int(self.now.get("revision", 0))


def edit(
    request: ViewerRequest, form: HouseForm, editing: Editing, details: Callable[[], Mapping[str, Any]] | None = None
) -> HttpResponse:
    """Show the form, or save it with the command; a refusal, or both texts when somebody was first, come back in it.

    The command gets the fields of the form by name, unless ``details`` says what it gets.
    """
    case = editing.case
    both = None
    if request.method == "POST":
        if form.is_valid():
            typed = {name: value for name, value in form.cleaned_data.items() if name not in HIDDEN}
            values = dict(details()) if details else typed
            if "revision" in form.fields:
                values["revision"] = form.cleaned_data["revision"]
            if perform(form, editing.act, by=request.viewer, case=case, **editing.arguments, **values):
                return saved(request, case.pk, editing.saved, editing.back)
        if isinstance(form, RevisionForm) and form.changed_meanwhile:
            both = both_texts(request, form, editing)
            form.see(editing.revision)
    status = 409 if both else 422 if form.errors else 200
    context = {"case": case, "form": form, "editing": editing, "both": both, "back": back_to(case.pk, editing.back)}
    return render(request, "plan/form.html", context, status=status)


def both_texts(request: ViewerRequest, form: RevisionForm, editing: Editing) -> BothTexts:
    """The fields that differ between what stands in the plan now and what the writer wanted to save."""
    rows = []
    for name, asked in form.fields.items():
        if name in HIDDEN:
            continue
        theirs = said(asked, editing.now.get(name))
        mine = said(asked, form.cleaned_data.get(name))
        if theirs != mine:
            rows.append(FieldDifference(str(asked.label), *differing_words(theirs, mine)))
    conflict = conflict_of(request.viewer, editing.case, editing.codes, editing.key) if editing.codes else None
    return BothTexts(conflict, rows)


def saved(request: ViewerRequest, case_id: UUID, text: str, anchor: str = "") -> HttpResponse:
    """Back to the plan with a message."""
    messages.success(request, text)
    return redirect(back_to(case_id, anchor))


def back_to(case_id: UUID, anchor: str = "") -> str:
    """The address of the plan, at a part of it."""
    address = reverse("plan:plan", args=[case_id])
    return f"{address}#{anchor}" if anchor else address


def press(
    request: ViewerRequest, case_id: UUID, act: Callable[..., Any], text: str, anchor: str = "", **arguments: Any
) -> HttpResponse:
    """A button that needs no form: run the command and go back."""
    act(case=case_id, by=request.viewer, **arguments)
    return saved(request, case_id, text, anchor)


def for_editor(request: ViewerRequest, case: Case) -> None:
    """Raise ``Refused`` unless the viewer may edit the plan of the opened case; the command checks it again."""
    require_open(case)
    require_editor(case, request.viewer)


def removed_text(name: str) -> str:
    return _("«%(name)s» er tatt ut av planen. Du finner det under «Tatt ut av planen» og kan hente det tilbake.") % {
        "name": name
    }
