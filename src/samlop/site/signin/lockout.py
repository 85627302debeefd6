"""Lock-out after repeated failures: per account and address, per account, and per address.

The first protects an account from someone who guesses at one place without shutting the owner out at another; the other
two from guessing spread over many addresses or many accounts. While locked, nothing is tried and nothing is counted, so
the wait that the person is told is the wait it is. A name that no account has is treated like one that has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from samlop.core.time import OSLO, now
from samlop.core.writing import writing
from samlop.site.signin.models import Failure

WINDOW = timedelta(minutes=15)
KEEP = timedelta(days=1)
LIMIT_PAIR = 5
LIMIT_ACCOUNT = 30
LIMIT_ADDRESS = 100  # a town hall can share one address


@dataclass(frozen=True)
class Attempt:
    """One attempt at an account from an address (both as keyed hashes)."""

    account: str
    address: str

    @classmethod
    def of(cls, request: HttpRequest, account: str) -> Attempt:
        """``account`` is the name that was typed, or a key such as ``code:<user>`` for the second factor."""
        from allauth.account.adapter import get_adapter
        from allauth.core.internal.ratelimit import truncate_ip

        address = truncate_ip(get_adapter(request).get_client_ip(request))
        return cls(_hash("account", account.strip().casefold()), _hash("address", address))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One attempt at an account at a time: a hundred at once must not all pass before the first is counted."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [self.account])
            yield

    def locked_until(self) -> datetime | None:
        """When the account opens again for this address; none when it is open."""
        pair = Failure.objects.filter(account=self.account, address=self.address)
        account, address = Failure.objects.filter(account=self.account), Failure.objects.filter(address=self.address)
        rules = ((pair, LIMIT_PAIR), (account, LIMIT_ACCOUNT), (address, LIMIT_ADDRESS))
        opens = []
        for rows, limit in rules:
            latest = list(rows.filter(at__gt=now() - WINDOW).order_by("-at").values_list("at", flat=True)[:limit])
            if len(latest) == limit:
                opens.append(latest[0] + WINDOW)
        return max(opens, default=None)

    def failed(self) -> None:
        """Count a failure, and forget old ones."""
        with writing("signin.lockout"):
            Failure.objects.create(account=self.account, address=self.address, at=now())
            Failure.objects.filter(at__lt=now() - KEEP).delete()

    def succeeded(self) -> None:
        """The person got in: earlier slips from here no longer count."""
        with writing("signin.lockout"):
            Failure.objects.filter(account=self.account, address=self.address).delete()


def wait(until: datetime) -> ValidationError:
    """The answer while locked, with how long."""
    minutes = max(1, -(-int((until - now()).total_seconds()) // 60))
    local = until.astimezone(OSLO)
    text = _(
        "Det er prøvd for mange ganger. Vent %(minutes)s minutter, til kl. %(clock)s, og prøv igjen. "
        "Haster det, kan lederen din eller drift lage en lenke til nytt passord."
    )
    return ValidationError(text % {"minutes": minutes, "clock": f"{local:%H.%M}"}, code="locked_out")


def _hash(kind: str, value: str) -> str:
    return salted_hmac(f"samlop.signin.{kind}", value, algorithm="sha256").hexdigest()
