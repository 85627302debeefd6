"""Where sessions are kept (``SESSION_ENGINE``): Django's own table, read with a question that is written once.

Every page begins by reading its session.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from samlop.core.prepared import prepared


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Any:
        found = _sessions(self.session_key, timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
        return found[0] if found else None


@prepared
def _sessions(key: str, after: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=after)
