"""What stands about a participant, as plain text by field: for forms and journal, and to tell who changed what.

Two people may have the same form open. ``merge`` compares what each saw, typed and what stands now, so that nobody's
text is lost and nobody overwrites what they have not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samlop.cases.models import Case
from samlop.people.models import Person

Values = dict[str, str]

CONTACT = ("phone", "email", "address", "language", "other_languages", "mother_tongue", "interpreter")
"""What whoever may contribute can change, the participant too."""

PERSON = ("given_name", "family_name", "birth_date", "gender", "protection")
SETTLEMENT = ("settled_on", "settled_by_agreement", "arrived_on", "permit", "permit_granted_on")
NUMBERS = ("number", "duf")


def plain(value: Any) -> str:
    """A value as text: ISO dates, yes and no, codes with spaces between."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case list() | tuple():
            return " ".join(str(part) for part in value)
    return str(value)


def contact_values(person: Person) -> Values:
    """How to reach and talk with the participant. One query."""
    spoken = list(person.languages.all())
    mother_tongue = next((row.code for row in spoken if row.is_mother_tongue), "")
    first, *others = [row.code for row in spoken] or [""]
    return {
        "phone": person.phone,
        "email": person.email,
        "address": person.address,
        "language": first,
        "other_languages": " ".join(others),
        "mother_tongue": mother_tongue,
        "interpreter": person.interpreter,
    }


def person_values(case: Case) -> Values:
    """Who the participant is, and settlement and permit – without the numbers."""
    found = {name: plain(getattr(case.person, name)) for name in PERSON}
    return found | {name: plain(getattr(case, name)) for name in SETTLEMENT}


def number_values(person: Person) -> Values:
    """The official numbers, one field for birth or D-number and one for DUF. One query. Never for the journal."""
    held = {row.kind: row.value for row in person.identifiers.all()}
    return {"number": held.get("birth_number") or held.get("d_number", ""), "duf": held.get("duf", "")}


@dataclass
class Merge:
    """``mine``: what I changed. ``clashes``: fields that somebody else changed too, to something else."""

    mine: Values = field(default_factory=dict)
    clashes: list[str] = field(default_factory=list)


def merge(seen: Mapping[str, str], typed: Mapping[str, str], now: Mapping[str, str]) -> Merge:
    """What of ``typed`` is a change of what was ``seen``, and where it clashes with what stands ``now``.

    A field that was not touched never overwrites; one that two people changed alike is no clash.
    """
    found = Merge()
    for name, value in typed.items():
        if value == seen.get(name, "") or value == now.get(name, ""):
            continue
        found.mine[name] = value
        if now.get(name, "") != seen.get(name, ""):
            found.clashes.append(name)
    return found
