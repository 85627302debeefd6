"""A participant's statement as a tagged PDF, in plain words, in every language of ``words/``."""

from __future__ import annotations

from typing import Any

from samlop.benefit.models import Statement
from samlop.benefit.objecting import office_of, spokesperson
from samlop.benefit.telling import words, words_in
from samlop.cases.models import Case
from samlop.core.pdf import render_pdf
from samlop.law.texts import LANGUAGES, question


def statement_pdf(case: Case, statement: Statement, language: str) -> bytes:
    """The statement as PDF; an unknown language gives bokmål."""
    return render_pdf("benefit/typst/statement.typ", content(case, statement, language))


def content(case: Case, statement: Statement, language: str) -> dict[str, Any]:
    """Everything in the PDF as plain values."""
    code = language if language in words() else "nb"
    w = words_in(code)
    law_language = code if code in LANGUAGES else w.numbers
    notes = [question(one).text.in_language(law_language) for one in statement.uncertain]
    office = office_of(case)
    complain = "complain_decision" if statement.requires_decision else "complain_other"
    return {
        "title": f"{w.page['title']} – {w.month(statement.month)}",
        "language": code,
        "direction": w.direction,
        "name": case.person.name,
        "reference": statement.reference,
        "paid_on": w.page["paid_on"].format(day=w.day(statement.pay_on), month=w.month(statement.month)),
        "intro": w.page["intro"],
        "lines": [[w.line(line), w.amount(line["ore"]), "; ".join(line["references"])] for line in statement.lines],
        "before_tax": w.page["before_tax"],
        "sum": w.amount(statement.pay_ore),
        "tax": w.page["tax"],
        "uncertain_title": w.page["uncertain"],
        "uncertain": notes,
        "object_title": w.page["object_title"],
        "object_text": w.page["object_text"].format(contact=spokesperson(case)),
        "complain_title": w.page["complain_title"],
        "complain_text": w.page[complain].format(office=office),
    }
