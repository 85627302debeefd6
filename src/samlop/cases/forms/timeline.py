"""The filter of the timeline, and the form that corrects an entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.cases.timeline import EFFORTS, Filter, Timeline
from samlop.core.forms import DayField, HouseForm


class FilterForm(forms.Form):
    """The address's parameters, in words that people can read in a link."""

    enhet = forms.UUIDField(label=gettext_lazy("Enhet"), required=False, widget=forms.Select)
    type = forms.CharField(label=gettext_lazy("Hva"), required=False, widget=forms.Select)
    fase = forms.CharField(label=gettext_lazy("Fase"), required=False, widget=forms.Select)
    fra = DayField(label=gettext_lazy("Fra og med"), required=False)
    til = DayField(label=gettext_lazy("Til og med"), required=False)
    nytt = forms.BooleanField(label=gettext_lazy("Bare nytt siden sist jeg var her"), required=False)
    eldre = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "filter_%s", **kwargs})

    def wanted(self) -> Filter:
        """The filter; what cannot be understood is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Filter(
            unit=given.get("enhet"),
            group=given.get("type") or "",
            phase=given.get("fase") or "",
            first=given.get("fra"),
            last=given.get("til"),
            new=bool(given.get("nytt")),
            before=given.get("eldre"),
        )

    def offer(self, page: Timeline) -> None:
        """Fill the lists with what there is to choose from in this case."""
        everything: list[tuple[str, Any]] = [("", _("Alle"))]
        self.fields["enhet"].widget.choices = everything + page.units
        self.fields["type"].widget.choices = [*everything, (EFFORTS, _("alt som teller som innsats")), *page.groups]
        if page.phases:
            self.fields["fase"].widget.choices = everything + [(s.code, s.label) for s in page.phases]
        else:
            del self.fields["fase"]


class CorrectionForm(HouseForm):
    text = forms.CharField(
        label=gettext_lazy("Hva er feil, og hva er riktig?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Hendelsen blir stående, strøket over, med rettelsen ved siden av."),
    )
