"""Whatever is sent to any form of the program: never a fault of ours, always words that help, nothing typed lost.

The forms are found by opening every page as those who may, so that a new form is tried from its first day.
"""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from tests.access.samples import make_samples
from tests.access.test_declarations import ALL_ADDRESSES
from tests.forms.drawn import Drawn, forms_of
from tests.house import House

WHO = ("adviser", "participant")
"""Who opens every page; each form is tried by the first who meets it."""
REST = ("leader", "nav", "teacher", "nav_leader", "operator", "county", "")
"""Who open what none of the first may."""
ELSEWHERE = re.compile(r"^(api|admin|static|socialaccount|openid_connect)|i18n|webauthn|^account:sign_out")
"""Addresses whose forms are not ours, or would sign the tester out."""
FILES = re.compile(r"pdf|letter|feed|calendar$|template|package|export")
"""Addresses that answer with a file."""
STRANGE = "\u202e=1+1 <b>Ærå</b> 日本 🧕🏽\u0301 ܫܠܡܐ ' OR 1=1 --"


@dataclass(frozen=True)
class Round:
    """One way to fill in a form badly."""

    name: str
    text: str
    days: tuple[str, str]
    number: str
    choice: str | None
    """None: the last of the choices there are."""
    ticks: bool
    hidden: str | None = None
    """None: as the page has it."""


ROUNDS = [
    Round("nothing", "", ("", ""), "", "", ticks=False),
    Round("much", "å" * 10_000, ("31.12.2100", "31.12.2100"), "99999", None, ticks=True),
    Round("turned about", STRANGE + "ø" * 300, ("31.12.2100", "01.01.1900"), "0", None, ticks=True),
    Round("nonsense", "a\x00b", ("31.12.9999", "32.13.2026"), "-1e9", "no-such-\x00", ticks=True),
    Round("not from the page", "Nei", ("20.11.2026", "20.11.2026"), "1", None, ticks=False, hidden="x"),
]


def badly(form: Drawn, how: Round) -> dict[str, Any]:
    """What is sent."""
    sent: dict[str, Any] = form.filled()
    days = 0
    for one in form.fields:
        match one.kind:
            case "text" | "password":
                sent[one.name] = how.text
            case "day":
                sent[one.name] = how.days[days % 2]
                days += 1
            case "number":
                sent[one.name] = how.number
            case "choice":
                sent[one.name] = (one.options or [""])[-1] if how.choice is None else how.choice
            case "tick":
                sent[one.name] = one.options if how.ticks else []
                if how.choice and how.ticks:
                    sent[one.name] = [how.choice]
            case "file" if how.text:
                sent[one.name] = SimpleUploadedFile(f"{how.name}.xlsx", how.text.encode())
            case "hidden" if how.hidden is not None:
                sent[one.name] = how.hidden
    return sent


def pages(house: House) -> Iterator[str]:
    """Every address that shows a page."""
    samples = make_samples(house)
    for name, pattern in ALL_ADDRESSES:
        if ELSEWHERE.search(name) or FILES.search(name) or "GET" not in getattr(pattern.callback, "methods", ("GET",)):
            continue
        wanted = {key: samples[key] for key in pattern.pattern.converters if key in samples}
        with contextlib.suppress(NoReverseMatch):
            yield reverse(name, kwargs=wanted)


def key_of(form: Drawn) -> tuple[str, ...]:
    """Forms that go to the same view with the same fields are one form."""
    try:
        view = resolve(urlsplit(form.action).path).view_name
    except Resolver404:
        view = form.action
    return (view, form.method, *sorted({re.sub(r"\d+|[0-9a-f-]{36}", "#", one.name) for one in form.fields}))


def test_every_form_bears_every_bad_input(house: House) -> None:
    tried: set[tuple[str, ...]] = set()
    faults: list[str] = []
    clients = {who: signed_in(house, who) for who in (*WHO, *REST)}
    for address in pages(house):
        for who, form in forms_at(clients, address):
            if key_of(form) in tried or ELSEWHERE.search(key_of(form)[0]):
                continue
            tried.add(key_of(form))
            for how in ROUNDS if form.visible else (ROUNDS[0], ROUNDS[-1]):
                where = f"{who or 'nobody'} at {address}, form to {form.action}, {how.name}"
                faults += [f"{where}: {fault}" for fault in sent(clients[who], form, how)]
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)
    assert len(tried) > 120, "Forms are found by opening the pages; where have they gone?"


def forms_at(clients: dict[str, Client], address: str) -> Iterator[tuple[str, Drawn]]:
    """The forms of a page, as those see it who open it."""
    opened = False
    by_permission = getattr(getattr(resolve(urlsplit(address).path).func, "policy", None), "permission", None)
    for who, client in clients.items():
        if who in REST and opened and not (by_permission and who == "leader"):
            continue
        answer = knock(client, "get", address, {})
        if answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", ""):
            opened = True
            yield from ((who, form) for form in forms_of(answer.content.decode(), address))


def signed_in(house: House, who: str) -> Client:
    client = Client()
    if who:
        client.force_login(house.users[who])
    return client


def knock(client: Client, method: str, address: str, data: dict[str, Any]) -> Any:
    """Send, and undo whatever it did."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(address, data)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def sent(client: Client, form: Drawn, how: Round) -> Iterator[str]:
    """What is wrong with the answer to a form filled in badly."""
    data = badly(form, how)
    try:
        answer = knock(client, form.method, form.action, data)
    except Exception as fault:
        yield f"{type(fault).__name__}: {str(fault)[:300]}"
        return
    if answer.status_code >= 500:
        yield f"answers {answer.status_code}"
    if "text/html" not in answer.headers.get("Content-Type", "") or answer.status_code in (301, 302, 303):
        return
    page = answer.content.decode()
    if form.method == "post" and answer.status_code in (200, 409, 422):
        typed = [one for one in form.visible if one.kind in ("text", "day", "number")]
        if how.hidden is not None:
            return  # somebody has meddled with the page
        lost = [one.name for one in typed if data[one.name] and shown(data[one.name]) not in html.unescape(page)]
        if lost:
            yield f"answers {answer.status_code} and loses {', '.join(lost)}"
        if (typed or answer.status_code != 200) and "ds-error-summary" not in page and "ds-alert" not in page:
            yield f"answers {answer.status_code} and says nothing of what is wrong"
    elif form.method == "post" and answer.status_code in (400, 404) and how.hidden is None and typed_in(form):
        yield f"answers {answer.status_code} with a page that has not what was typed"


def typed_in(form: Drawn) -> bool:
    return any(one.kind in ("text", "day", "number") for one in form.fields)


def shown(text: str) -> str:
    return text.replace("\x00", "").strip() or text
