"""The two dates of the rule book."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm


class TwoDaysForm(HouseForm):
    """What held on a day, as known on a day. Both are filled in with today."""

    day = DayField(label=_("Det som gjaldt"))
    known_on = DayField(
        label=_("Slik det var kjent"),
        help_text=_("G blir fastsatt i mai og gjelder fra 1. mai. Derfor kan svaret avhenge av når det ble gitt."),
    )
