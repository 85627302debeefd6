"""Where people are signed in: begun, seen and ended; sign-out everywhere; idle time-out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import structlog
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from samlop.core.time import now
from samlop.core.writing import writing
from samlop.people.models import User
from samlop.site.signin.models import SignedIn

log = structlog.get_logger("samlop.signin")

SEEN, STRONG = "seen", "strong"
_NOTE_EVERY = 60  # seconds between two notes that a person is still there; a write for every page would be too many


def on_signed_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """Django has signed a person in, by whatever way."""
    from samlop.site.signin.adapters import is_strong

    records = get_authentication_records(request, user)
    method = records[-1]["method"] if records else ""
    begin(request, user, method, strong=is_strong(records))
    log.info("signin.signed_in", user=str(user.pk), method=method)


def on_signed_out(sender: Any, request: HttpRequest, **_: Any) -> None:
    """Django is about to forget the session."""
    with writing("signin.end"):
        SignedIn.objects.filter(session_key=request.session.session_key or "").delete()


def begin(request: HttpRequest, user: User, method: str, *, strong: bool) -> None:
    """A person has signed in: note where, and how strongly."""
    request.session[SEEN] = int(now().timestamp())
    request.session[STRONG] = strong
    if request.session.session_key is None:
        request.session.save()
    with writing("signin.begin"):
        SignedIn.objects.update_or_create(
            session_key=request.session.session_key,
            defaults={"user": user, "since": now(), "seen": now(), "method": method[:40], "device": device(request)},
        )


def is_idle(request: HttpRequest) -> bool:
    """Whether nothing has been done for so long that the session is over."""
    seen = request.session.get(SEEN)
    return seen is not None and now().timestamp() - seen > settings.IDLE_MINUTES * 60


def touch(request: HttpRequest) -> None:
    """Note that the person is there; at most once a minute."""
    moment = now()
    if moment.timestamp() - request.session.get(SEEN, 0) < _NOTE_EVERY:
        return
    request.session[SEEN] = int(moment.timestamp())
    with writing("signin.touch"):
        SignedIn.objects.filter(session_key=request.session.session_key).update(seen=moment)


def places(user: User) -> Any:
    """Where the user is signed in and has been active within the idle time, latest first."""
    return SignedIn.objects.filter(user=user, seen__gt=now() - timedelta(minutes=settings.IDLE_MINUTES))


def clear() -> None:
    """Remove sessions that are over (run every night)."""
    SessionStore.clear_expired()
    with writing("signin.clear"):
        SignedIn.objects.filter(since__lt=now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)).delete()


def device(request: HttpRequest) -> str:
    """What the browser says it is, in few words: «Firefox, Windows»."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    browsers = (
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone|iPad", "iOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )
    found = [next((name for mark, name in marks if re.search(mark, agent)), "") for marks in (browsers, systems)]
    return ", ".join(part for part in found if part)
