"""Journal codes of the room → readable sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samlop.cases.journal import Sentence
from samlop.cases.vocabulary import EffortKind


def kind_name(code: Any) -> str:
    """The name of a kind of effort in the active language; an unknown code as it stands."""
    return str(EffortKind(code).label) if code in EffortKind.values else str(code)


def _registered(data: Mapping[str, Any]) -> str:
    if data.get("together", 1) > 1:
        return _("registrerte innsats for flere deltakere samtidig: %(kind)s") % {"kind": kind_name(data["kind"])}
    return _("registrerte innsats: %(kind)s") % {"kind": kind_name(data["kind"])}


SENTENCES: dict[str, Sentence] = {
    "effort.registered": _registered,
    "effort.corrected": lambda d: _("rettet en innsats, den er nå: %(kind)s") % {"kind": kind_name(d["kind"])},
    "effort.withdrawn": lambda d: (
        _("strøk en innsats som var registrert ved en feil: %(kind)s") % {"kind": kind_name(d["kind"])}
    ),
}
