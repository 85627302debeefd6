"""Forms of the room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import HouseForm


class SaveFilterForm(HouseForm):
    """The name of a filter; what it filters on stands in the address."""

    name = forms.CharField(label=_("Navn på filteret"), max_length=60)
