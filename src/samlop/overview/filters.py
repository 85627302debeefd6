"""The filters of Deltakere: what people ask for, as it stands in the address."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samlop.access.viewer import Viewer
from samlop.cases.models import TeamMember
from samlop.cases.sight import sees_any
from samlop.cases.vocabulary import TeamFunction
from samlop.core.periods import in_force
from samlop.core.prepared import prepared
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.overview.conditions import contact_function
from samlop.people.models import Membership, Unit, User
from samlop.programme.models import NavNeed
from samlop.programme.phases import Phase

ANY = ("", _("Alle"))
WHOSE = [("", _("Alle jeg kan se")), ("mine", _("Mine")), ("enhet", _("Enhetens"))]
STATUS = [
    ("", _("Aktive")),
    ("avsluttet", _("Avsluttede")),
    ("siste_ar", _("Avsluttet siste år")),
    ("alle", _("Aktive og avsluttede")),
]
DEADLINE = [ANY, ("fare", _("Gått ut, eller innen 30 dager")), ("ute", _("Gått ut"))]
ENDS = [ANY, ("6", _("Slutter innen seks måneder")), ("3", _("Slutter innen tre måneder"))]
NAV_CONTACT = [ANY, ("ingen", _("Ingen kontakt ennå")), ("3", _("Ingen siste tre måneder"))]
PLAN = [
    ANY,
    ("forfalt", _("Frist for plan eller gjennomgang er gått ut")),
    ("snart", _("Frist innen en måned")),
    ("mangler", _("Ingen ferdig plan")),
    ("sen", _("Første plan kom ikke i tide")),
]
PLACEMENT = [ANY, ("ingen", _("Ingen praksisplass ennå"))]
SORT = [
    ("", _("Navn")),
    ("slutt", _("Slutter først")),
    ("startet", _("Startet først")),
    ("start", _("Startet sist")),
    ("bosatt", _("Bosatt sist")),
]

SECTION_OF = {
    "fase": Section.PROGRAMME,
    "slutter": Section.PROGRAMME,
    "nav": Section.PROGRAMME,
    "navkontakt": Section.PLAN,
    "plan": Section.PLAN,
    "praksis": Section.PLAN,
    "frist": Section.PROGRAMME,
    "mangler": Section.PROGRAMME,
}
"""Filters that ask about a section: not there for those who never see it."""

BY_COURSE = ("slutt", "startet", "start")
"""Orders that would show the programme's dates."""


class FilterForm(forms.Form):
    """Every filter is optional; what is not understood counts as not given, so that an old link still opens."""

    sok = forms.CharField(label=_("Navn"), required=False, max_length=100, strip=True)
    hvem = forms.ChoiceField(label=_("Hvem"), required=False, choices=WHOSE)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=STATUS)
    fase = forms.ChoiceField(label=_("Fase"), required=False, choices=[ANY, *Phase.choices])
    slutter = forms.ChoiceField(label=_("Slutter"), required=False, choices=ENDS)
    nav = forms.ChoiceField(label=_("Behov for NAV"), required=False, choices=[ANY, *NavNeed.choices])
    navkontakt = forms.ChoiceField(label=_("Kontakt med NAV"), required=False, choices=NAV_CONTACT)
    plan = forms.ChoiceField(label=_("Plan"), required=False, choices=PLAN)
    praksis = forms.ChoiceField(label=_("Praksis"), required=False, choices=PLACEMENT)
    frist = forms.ChoiceField(label=_("Frist for start og plan"), required=False, choices=DEADLINE)
    mangler = forms.BooleanField(label=_("Mangler opplysninger"), required=False)
    enhet = forms.ChoiceField(label=_("Enhet"), required=False)
    kontakt = forms.ChoiceField(label=_("Hovedkontakt"), required=False)
    sorter = forms.ChoiceField(label=_("Rekkefølge"), required=False, choices=SORT)

    def __init__(self, data: QueryDict, *, viewer: Viewer) -> None:
        super().__init__(data, label_suffix="")
        for name, section in SECTION_OF.items():
            if not sees_any(viewer, section):
                del self.fields[name]
        if not sees_any(viewer, Section.PROGRAMME):
            self.fields.pop("praksis", None)  # days waited are counted from the programme's start
            self._choose("sorter", [(code, text) for code, text in SORT if code not in BY_COURSE])
        self._choose("enhet", [ANY, *_units(viewer)])
        self._choose("kontakt", [ANY, ("ingen", _("Ingen navngitt")), *_contacts(viewer)])
        if contact_function(viewer) == TeamFunction.NAV_CONTACT:
            self.fields["kontakt"].label = _("NAV-kontakt")

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that are given and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def query(self) -> str:
        """The filters as they stand in an address."""
        return urlencode({name: "1" if value is True else value for name, value in self.wanted.items()})

    @property
    def narrows(self) -> bool:
        """Whether any filter but search and whose is used – then the box of filters is open."""
        return bool(self.wanted.keys() - {"sok", "hvem"})


def _units(viewer: Viewer) -> list[tuple[str, str]]:
    if viewer.municipality_id is None:
        return []
    return [(str(pk), name) for pk, name in _open_units(viewer.municipality_id)]


@prepared
def _open_units(municipality: UUID) -> QuerySet[Unit, tuple[UUID, str]]:
    return Unit.objects.filter(municipality_id=municipality, closed_on__isnull=True).values_list("pk", "name")


def _contacts(viewer: Viewer) -> list[tuple[str, str]]:
    """Colleagues who are main contacts (for NAV's people: contacts at NAV) of somebody today.

    Names of colleagues are known to colleagues; whom they follow up is asked with the filter, in the viewer's scope.
    """
    found = _colleagues(contact_function(viewer), viewer.municipality_id, viewer.unit_id, today())
    return [(str(pk), name) for pk, name in found]


@prepared
def _colleagues(
    function: TeamFunction, municipality: UUID | None, unit: UUID | None, on: date
) -> QuerySet[User, tuple[UUID, str]]:
    """(key, name) of those with a place of a function in some team, who work in the municipality or at the unit."""
    places = TeamMember.objects.filter(in_force(on), function=function, user_id=OuterRef("pk"))
    here = Membership.objects.filter(in_force(on)).filter(Q(unit__municipality_id=municipality) | Q(unit_id=unit))
    colleagues = User.objects.filter(Exists(places), pk__in=here.values("user_id"))
    return colleagues.order_by("name").values_list("pk", "name")


PRESETS: list[tuple[Any, dict[str, str]]] = [
    (_("Slutter innen seks måneder"), {"slutter": "6"}),
    (_("Ingen NAV-kontakt i startfasen"), {"fase": Phase.START.value, "navkontakt": "ingen"}),
    (_("Ingen praksisplass ennå"), {"praksis": "ingen"}),
    (_("Plan ikke gjennomgått"), {"plan": "forfalt"}),
    (_("Frist i fare"), {"frist": "fare"}),
    (_("Mangler opplysninger"), {"mangler": "1"}),
    (_("Uten navngitt kontakt"), {"kontakt": "ingen"}),
]
"""What people really ask for, one click away."""


def presets(form: FilterForm) -> list[tuple[str, str, bool]]:
    """The ready-made filters that the viewer can use: name, address, and whether it is the one in use."""
    in_use = {name: "1" if value is True else str(value) for name, value in form.wanted.items() if name != "sorter"}
    return [
        (str(name), urlencode(given), given == in_use) for name, given in PRESETS if given.keys() <= form.fields.keys()
    ]
