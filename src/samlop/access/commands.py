"""What changes in access: readings are noted, emergency access is taken and reviewed, grants are given, objections
are made and settled, and a municipality narrows the policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from samlop.access.finding import find_for_override
from samlop.access.models import Grant, Narrowing, Objection, Override, Reading, Taken
from samlop.access.policy import Relation, policy
from samlop.access.viewer import Viewer
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.models import OrganisationEntry
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import now, today
from samlop.core.writing import writing
from samlop.people.models import Membership, Municipality, User
from samlop.people.vocabulary import Role

SHORTEST_REASON = 20


def record_readings(*, viewer: Viewer, taken: str = Taken.PAGE) -> None:
    """Write the sections the viewer has opened to the reading log; one statement for all of them.

    ``taken`` says whether they were read on a page or left it as a file (``models.Taken``).

    Not a ``command``: it is itself the trace, is written for every page, and is not journalled.
    """
    user_id = viewer.user_id
    if user_id is None:  # the program itself; it reads no cases on anyone's behalf
        return
    moment = now()
    rows = [
        Reading(
            case_id=case_id,
            municipality_id=case.municipality_id,
            section=section,
            at=moment,
            user_id=user_id,
            user_name=viewer.name,
            unit_id=viewer.unit_id,
            unit_name=viewer.unit.name if viewer.unit else "",
            role=viewer.role or "",
            relation=relation,
            taken=taken,
        )
        for (case_id, section), (case, relation) in viewer.seen.items()
    ]
    with writing("access.record_readings"):
        Reading.objects.bulk_create(rows)
    viewer.seen.clear()


@command(permission=Permission.REQUEST_OVERRIDE)
def take_override(
    *,
    reason: str,
    hours: int,
    identifier: str = "",
    name: str = "",
    birth_date: date | None = None,
    by: Viewer,
) -> Override:
    """Take emergency access (nødtilgang) to one case in the viewer's municipality for 1 to 24 hours.

    The person is named by identity number, or by full name and birth date. Raises ``Refused``: ``missing_reason`` for
    fewer than 20 characters, ``override_hours``, and ``override_no_case`` – the same answer whether nobody is found,
    the address is protected, or the case is in another municipality.
    """
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Refused(
            "missing_reason",
            _("Skriv hvorfor du må inn i saken nå. Begrunnelsen må ha minst 20 tegn og blir lest av lederen."),
            "reason",
        )
    if not 1 <= hours <= policy().override_hours:
        raise Refused(
            "override_hours",
            _("Velg mellom 1 og %(hours)s timer.") % {"hours": policy().override_hours},
            "hours",
        )
    case = find_for_override(by, identifier=identifier, name=name, birth_date=birth_date)
    if case is None:
        raise Refused(
            "override_no_case",
            _("Vi fant ingen sak du kan få nødtilgang til med disse opplysningene. Kontroller dem, eller ring leder."),
        )
    made = Override.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        user=by.signed_in,
        unit=by.acting_unit,
        reason=reason,
        since=now(),
        until=now() + timedelta(hours=hours),
    )
    return done(
        made,
        Entry(
            case=case,
            code="access.override.taken",
            section=Section.IDENTITY,
            data={"hours": hours, "reason": reason, "override": made.pk},
        ),
    )


@command(permission=Permission.REQUEST_OVERRIDE)
def close_override(*, override: Any, by: Viewer) -> Override:
    """End one's own emergency access before its time."""
    row = Override.objects.select_for_update().filter(pk=override, user_id=by.user_id).first()
    if row is None:
        raise not_found()
    if row.closed_at is None and row.until > now():
        row.closed_at = now()
        row.save(update_fields=["closed_at"])
    return row


@command(permission=Permission.SEE_CONTROL_LIST)
def review_override(*, override: Any, note: str, by: Viewer) -> Override:
    """A leader has looked at an emergency access and writes what came of it. Raises ``Refused('own_override')``."""
    row = by.scope(Override).select_for_update(of=("self",)).filter(pk=override).first()
    if row is None:
        raise not_found()
    if row.user_id == by.user_id:
        raise Refused("own_override", _("Du kan ikke kontrollere din egen nødtilgang. Be en annen leder gjøre det."))
    if not note.strip():
        raise Refused("missing_note", _("Skriv kort hva du fant, for eksempel «Avklart, fagperson var syk»."), "note")
    row.reviewed_at, row.reviewed_by, row.review_note = now(), by.signed_in, note.strip()
    row.save(update_fields=["reviewed_at", "reviewed_by", "review_note"])
    return done(
        row,
        Entry(
            case=row.case,
            code="access.override.reviewed",
            section=Section.IDENTITY,
            data={"who": row.user.name, "note": row.review_note},
        ),
    )


@command(section=Section.IDENTITY, right=Right.CONTRIBUTE)
def give_grant(
    *,
    case: Any,
    user: User,
    sections: Sequence[Section],
    purpose: str,
    agreed_how: str,
    valid_from: date,
    valid_to: date,
    by: Viewer,
) -> Grant:
    """Let an employer or a volunteer see what the participant has said yes to, from ``valid_from`` to ``valid_to``.

    Both days count. Raises ``Refused``: ``grant_role``, ``grant_sections``, ``grant_period``, ``missing_purpose``,
    ``missing_yes``, ``grant_protected``.
    """
    role = _grantee_role(user, case.municipality_id)
    grantable = policy().grantable[role]
    if case.person.is_protected:
        raise Refused(
            "grant_protected", _("Deltakeren har adressebeskyttelse. Ingen utenfor saksteamet kan få tilgang.")
        )
    if not set(sections) <= set(grantable.sections):
        raise Refused("grant_sections", _("Denne rollen kan ikke få se så mye. Velg færre deler av saken."), "sections")
    if valid_to < valid_from or valid_to < today():
        raise Refused(
            "grant_period", _("Sluttdatoen må være etter startdatoen, og kan ikke ligge tilbake i tid."), "valid_to"
        )
    if (valid_to - valid_from).days > grantable.longest_days:
        raise Refused("grant_period", _("Tilgangen kan vare i høyst ett år om gangen."), "valid_to")
    if not purpose.strip():
        raise Refused("missing_purpose", _("Skriv hva tilgangen skal brukes til."), "purpose")
    if not agreed_how.strip() and not by.is_participant:
        raise Refused("missing_yes", _("Skriv når og hvordan deltakeren sa ja."), "agreed_how")
    grant = Grant.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        user=user,
        sections=[Section(s).value for s in sections],
        purpose=purpose.strip(),
        agreed_how=agreed_how.strip() or _("Gitt av deltakeren selv"),
        granted_by_name=by.name,
        valid_from=valid_from,
        valid_to=valid_to,
        created_at=now(),
    )
    data = {"who": user.name, "purpose": grant.purpose, "from": valid_from, "to": valid_to}
    return done(grant, Entry(code="access.grant.given", section=Section.IDENTITY, data=data))


def _grantee_role(user: User, municipality_id: Any) -> Role:
    membership = (
        Membership.objects.filter(user=user, role__in=[role.value for role in policy().grantable])
        .filter(Q(unit__municipality_id=municipality_id) | Q(unit__serves=municipality_id))
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today()), valid_from__lte=today())
        .first()
    )
    if membership is None:
        raise Refused("grant_role", _("Bare arbeidsgivere og frivillige i kommunen kan få slik tilgang."), "user")
    return Role(membership.role)


@command(section=Section.IDENTITY, right=Right.CONTRIBUTE)
def revoke_grant(*, case: Any, grant: Any, by: Viewer) -> Grant:
    """Take a grant back at once; the participant may always do it."""
    row = Grant.objects.select_for_update().filter(pk=grant, case=case).first()
    if row is None:
        raise not_found()
    if row.revoked_at is not None:
        return row
    row.revoked_at = now()
    row.save(update_fields=["revoked_at"])
    return done(row, Entry(code="access.grant.revoked", section=Section.IDENTITY, data={"who": row.user.name}))


@command(section=Section.IDENTITY, right=Right.CONTRIBUTE)
def object_to_access(*, case: Any, text: str, section: str = "", about: str = "", by: Viewer) -> Objection:
    """The participant objects to who sees what; a task for the plan editor until it is settled.

    ``section`` and ``about`` (a person or unit as shown on the page) are optional. Raises ``Refused``: ``no_objection``
    for others than the participant, ``missing_text``.
    """
    if not by.is_participant:
        raise Refused("no_objection", _("Bare deltakeren selv kan si imot. Skriv i planen hvis du vil ta det opp."))
    if not text.strip():
        raise Refused(
            "missing_text", _("Skriv hva du vil endre på, så tar den som har ansvar for planen, kontakt."), "text"
        )
    known = section if section in {s.value for s in Section} else ""
    objection = Objection.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        section=known,
        about=about.strip()[:200],
        text=text.strip(),
        made_at=now(),
    )
    return done(
        objection, Entry(code="access.objection.made", section=Section.IDENTITY, data={"about": objection.about})
    )


@command(section=Section.PLAN, right=Right.MANAGE)
def settle_objection(*, case: Any, objection: Any, answer: str, by: Viewer) -> Objection:
    """The plan editor answers an objection; the participant sees the answer. Raises ``Refused('missing_answer')``."""
    row = Objection.objects.select_for_update().filter(pk=objection, case=case, settled_at__isnull=True).first()
    if row is None:
        raise not_found()
    if not answer.strip():
        raise Refused("missing_answer", _("Skriv hva dere ble enige om, eller hvorfor det ikke blir endret."), "answer")
    row.settled_at, row.settled_by, row.answer = now(), by.signed_in, answer.strip()
    row.save(update_fields=["settled_at", "settled_by", "answer"])
    return done(row, Entry(code="access.objection.settled", section=Section.IDENTITY, data={"answer": row.answer}))


@command(permission=Permission.CONFIGURE)
def narrow(*, role: Role, section: Section, relation: Relation, right: Right, why: str, by: Viewer) -> Narrowing:
    """Make one cell of the policy narrower in the viewer's municipality.

    Raises ``Refused``: ``not_narrower`` when the right is not less than the policy's, ``missing_reason``, ``own_right``
    for the participant's own column, which the law gives and no municipality can take.
    """
    if by.municipality is None:
        raise not_found()
    if relation not in (Relation.TEAM, Relation.UNIT, Relation.MUNICIPALITY) or role == Role.PARTICIPANT:
        raise Refused(
            "own_right", _("Denne retten følger av loven og kan ikke gjøres smalere av kommunen."), "relation"
        )
    if right >= policy().right(role, section, relation):
        raise Refused(
            "not_narrower",
            _("Kommunen kan bare gjøre tilgangen smalere enn det som gjelder for alle. Velg en lavere tilgang."),
            "right",
        )
    if not why.strip():
        raise Refused("missing_reason", _("Skriv hvorfor kommunen gjør tilgangen smalere."), "why")
    row, _created = Narrowing.objects.update_or_create(
        municipality=by.municipality,
        role=role,
        section=section,
        relation=relation,
        defaults={"right": right, "why": why.strip()},
    )
    _policy_changed(
        by, "access.narrowed", {"role": role, "section": section, "relation": relation, "right": right.name}
    )
    return row


@command(permission=Permission.CONFIGURE)
def widen_back(*, narrowing: Any, by: Viewer) -> None:
    """Remove a narrowing: the policy file holds again."""
    row = by.scope(Narrowing).filter(pk=narrowing).first()
    if row is None:
        raise not_found()
    data = {"role": row.role, "section": row.section, "relation": row.relation}
    row.delete()
    _policy_changed(by, "access.narrowing_removed", data)


def _policy_changed(by: Viewer, code: str, data: dict[str, Any]) -> None:
    Municipality.objects.filter(pk=str(by.municipality_id)).update(policy_version=F("policy_version") + 1)
    OrganisationEntry.objects.create(
        code=code,
        municipality_id=by.municipality_id,
        unit_id=by.unit_id,
        user_id=by.user_id,
        user_name=by.name,
        data={key: str(value) for key, value in data.items()},
        at=now(),
    )
