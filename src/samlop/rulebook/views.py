"""Pages of the rule book. Open to everyone signed in: the law is public, and no person stands in it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samlop.core.pages import ViewerRequest, page
from samlop.core.pdf import pdf_response
from samlop.core.time import today
from samlop.rulebook import search
from samlop.rulebook.answers import answer_in_words
from samlop.rulebook.calculators import CALCULATORS, OF_RULE
from samlop.rulebook.forms import TwoDaysForm
from samlop.rulebook.on_day import held_on
from samlop.rulebook.pdf import printed
from samlop.rulebook.reading import book
from samlop.rulebook.reading import rule as rule_in_words
from samlop.rulebook.words import language

PUBLIC = "the law is public: staff and participants alike may read the rules that hold for them; no person stands in it"


@page(signed_in=PUBLIC)
def contents(request: ViewerRequest) -> HttpResponse:
    """Every rule, or those that hold the words searched for."""
    words = request.GET.get("sok", "").strip()[:100]
    context = {
        "words": words,
        "found": search.find(words) if words else None,
        "rules": search.rules(),
        "calculators": [(name, form.title, form.lead) for name, form in CALCULATORS.items()],
    }
    return render(request, "rulebook/contents.html", context)


@page(signed_in=PUBLIC)
def rule(request: ViewerRequest, rule: str) -> HttpResponse:
    """One rule: what it says, where it stands, its numbers over time, what is uncertain, and its examples."""
    if rule not in book():
        raise Http404
    calculator = OF_RULE.get(rule)
    context = {
        "rule": rule_in_words(book()[rule]),
        "calculator": calculator,
        "calculator_title": CALCULATORS[calculator].title if calculator else "",
    }
    return render(request, "rulebook/rule.html", context)


@page(signed_in=PUBLIC)
def paragraph(request: ViewerRequest) -> HttpResponse:
    """From a paragraph that another page names («integreringsloven § 12») to the rule that it stands in."""
    asked = request.GET.get("p", "").strip()[:100]
    found = search.rule_of(asked)
    if found:
        return redirect("rulebook:rule", found)
    return redirect(f"{reverse('rulebook:contents')}?{urlencode({'sok': asked})}")


@page(signed_in=PUBLIC)
def on_day(request: ViewerRequest) -> HttpResponse:
    """What held on a day as it was known on a day."""
    asked = {"day": today(), "known_on": today()}
    form = TwoDaysForm(request.GET) if request.GET else TwoDaysForm(initial=asked)
    if form.is_bound:
        asked = form.cleaned_data if form.is_valid() else {}
    context = {"form": form, "asked": asked, "chapters": held_on(asked["day"], asked["known_on"]) if asked else ()}
    return render(request, "rulebook/on_day.html", context, status=422 if form.errors else 200)


@page(signed_in=PUBLIC, methods=("GET", "POST"))
def calculate(request: ViewerRequest, calculator: str) -> HttpResponse:
    """A calculator. What is typed is sent as a form, so that birth dates never stand in an address; nothing is kept."""
    if calculator not in CALCULATORS:
        raise Http404
    form = CALCULATORS[calculator](request.POST if request.method == "POST" else None)
    found = form.work_out() if form.is_bound else None
    context = {
        "form": form,
        "answer": None if found is None else answer_in_words(found),
        "calculator": calculator,
        "others": [(name, other.title) for name, other in CALCULATORS.items() if name != calculator],
    }
    return render(request, "rulebook/calculate.html", context, status=422 if form.errors else 200)


@page(signed_in=PUBLIC)
def as_pdf(request: ViewerRequest) -> HttpResponse:
    """The whole book to save or print, in the language of the page."""
    return pdf_response(printed(language()), "regelboken")
