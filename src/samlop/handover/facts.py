"""What the case itself says about each point of the checklist, so that nobody has to look it up."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.core.rights import Section
from samlop.core.templatetags.samlop import day
from samlop.handover.checklist import PointCode
from samlop.handover.package import Package
from samlop.norwegian.summary import oral_and_written


def facts(package: Package) -> dict[str, str]:
    """By point: «3 tiltak, 1 mangler resultat», «muntlig B1, skriftlig A2 (nyeste 01.03.2026)» …"""
    handover = package.handover
    found = {
        PointCode.UNMET_NEEDS: _("Skrevet inn") if handover.unmet_needs else _("Ikke skrevet inn"),
        PointCode.INCOME: handover.income_source or _("Ikke skrevet inn"),
        PointCode.RECEIVER_INFORMED: handover.receiver_name or _("Ingen mottaker ennå"),
    }
    if Section.PLAN not in package.hidden:
        found[PointCode.MEASURES] = _measures(package)
        found[PointCode.PLAN] = _plan(package)
    if Section.NORWEGIAN not in package.hidden:
        found[PointCode.LEVELS] = _levels(package)
    if Section.IDENTITY not in package.hidden:
        unnamed = [place.unit.name for place in package.team if place.user is None]
        found[PointCode.CONTACTS] = (
            _("Uten navngitt person: %(units)s") % {"units": ", ".join(unnamed)}
            if unnamed
            else ngettext("%(n)s person i teamet", "%(n)s personer i teamet", len(package.team))
            % {"n": len(package.team)}
        )
    return {str(code): text for code, text in found.items()}


def _measures(package: Package) -> str:
    tried, lacking = len(package.tried), len(package.without_result)
    if not tried:
        return _("Ingen tiltak er satt i gang i planen")
    text = ngettext("%(n)s tiltak", "%(n)s tiltak", tried) % {"n": tried}
    if not lacking:
        return _("%(tried)s, alle med resultat") % {"tried": text}
    return _("%(tried)s, %(lacking)s mangler resultat") % {"tried": text, "lacking": lacking}


def _plan(package: Package) -> str:
    if package.version is None:
        return _("Ingen versjon av planen ennå")
    values = {"number": package.version.number, "day": day(package.version.talk_on)}
    return _("Versjon %(number)s fra %(day)s") % values


def _levels(package: Package) -> str:
    text = oral_and_written({row.skill: row.level for row in package.levels})
    newest = package.newest_level_on
    if newest is None:
        return _("Ingen nivåer er skrevet inn")
    return _("%(levels)s (nyeste %(day)s)") % {"levels": text or _("ikke alle ferdighetene"), "day": day(newest)}
