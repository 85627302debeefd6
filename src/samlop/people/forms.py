"""Forms of municipalities and units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.core.time import today
from samlop.people.models import County, Municipality, Unit
from samlop.people.places import OF
from samlop.people.vocabulary import Role, UnitKind

REACH = ("phone", "email", "address")


def _name(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **more)


def _code(label: Any, help_text: Any, digits: int) -> forms.CharField:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "size": digits + 2}
    return forms.CharField(label=label, help_text=help_text, max_length=10, widget=forms.TextInput(attrs=attrs))


class _FromToday(HouseForm):
    """A form with a first day, today unless another is typed."""

    valid_from = DayField(label=_("Gjelder fra og med"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_from": today(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class CountyForm(_FromToday):
    """A county."""

    name = _name(_("Fylkets navn"), 80)
    code = _code(_("Fylkesnummer"), _("To siffer, slik det står hos Statistisk sentralbyrå."), 2)
    field_order: tuple[str, ...] = ("name", "code", "valid_from")


class NumberForm(_FromToday):
    """A municipality's number in a county, from a day."""

    county = forms.ModelChoiceField(label=_("Fylke"), queryset=County.objects.none(), empty_label=_("Velg fylke"))
    code = _code(_("Kommunenummer"), _("Fire siffer. De to første er fylkets nummer."), 4)
    field_order: tuple[str, ...] = ("county", "code", "valid_from")

    def __init__(self, *args: Any, counties: Iterable[County], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in counties]
        self.fields["county"].queryset = County.objects.filter(pk__in=keys).order_by("code", "valid_from")  # type: ignore[attr-defined]


class _NameAndLanguage(HouseForm):
    """What a municipality is called, and the language of its letters."""

    name = _name(_("Kommunens navn"), 80, help_text=_("Bare navnet, uten «kommune»."))
    written_language = forms.ChoiceField(
        label=_("Målform i brev"), choices=[("nb", _("bokmål")), ("nn", _("nynorsk"))], initial="nb"
    )


class ChangeMunicipalityForm(_NameAndLanguage):
    """The name and the language, with what stands."""

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": municipality.name, "written_language": municipality.written_language}
        super().__init__(*args, **kwargs)
        self.fields["name"].show_hidden_initial = self.fields["written_language"].show_hidden_initial = True


class MunicipalityForm(NumberForm, _NameAndLanguage):
    """A municipality."""

    field_order = ("name", "county", "code", "valid_from", "written_language")


class UnitForm(HouseForm):
    """A unit's name and how it is reached."""

    name = _name(_("Navn på enheten"), 160, help_text=_("Slik ansatte og deltakere kjenner den."))
    phone = forms.CharField(
        label=_("Telefon"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.EmailField(label=_("E-post"), required=False)
    address = forms.CharField(label=_("Adresse"), required=False, max_length=200)

    @classmethod
    def of(cls, unit: Unit, data: Any = None) -> UnitForm:
        """The form with what stands, which it remembers."""
        made = cls(data, initial={name: getattr(unit, name) for name in ("name", *REACH)})
        for field in made.fields.values():
            field.show_hidden_initial = not field.widget.is_hidden
        return made


class NewUnitForm(UnitForm):
    """A unit of a kind."""

    kind = forms.ChoiceField(label=_("Hva slags enhet"))
    field_order: tuple[str, ...] = ("kind", "name", *REACH)

    def __init__(self, *args: Any, kinds: Iterable[UnitKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [("", _("Velg"))]
        self.fields["kind"].choices = choices + [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class UnitInMunicipalityForm(NewUnitForm):
    """A unit that the operator sets up, also one that several municipalities share."""

    serves = forms.ModelMultipleChoiceField(
        label=_("Arbeider også for"),
        help_text=_("For interkommunale enheter: de andre kommunene enheten har deltakere i."),
        required=False,
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("kind", "name", *REACH, "serves")

    def __init__(self, *args: Any, others: Iterable[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, kinds=[UnitKind(kind) for kind in OF], **kwargs)
        keys = [one.pk for one in others]
        if keys:
            self.fields["serves"].queryset = Municipality.objects.filter(pk__in=keys).order_by("name")  # type: ignore[attr-defined]
        else:
            del self.fields["serves"]


class CountyUnitForm(UnitForm):
    """A unit of the county's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["address"]


class AppointForm(_FromToday):
    """Who answers for a unit."""

    email = forms.EmailField(
        label=_("E-post"),
        help_text=_("Har personen en konto fra før, brukes den med navnet som står der."),
    )
    name = _name(_("Navn"), 200, required=False)
    phone = forms.CharField(
        label=_("Telefon"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    role = forms.ChoiceField(label=_("Rolle"))
    field_order = ("role", "email", "name", "phone", "valid_from")

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
