"""Fields that the acts ask for and no other form does: a month, and a number as people write it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_MONTH = re.compile(r"\s*(\d{1,2})\s*[./\- ]\s*(\d{4})\s*")
_ISO_MONTH = re.compile(r"\s*(\d{4})-(\d{1,2})\s*")
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,4})?")


class MonthField(forms.CharField):
    """A month typed as «11.2026» or «2026-11»; becomes «2026-11»."""

    default_error_messages = {"invalid": _("Vi forstår ikke måneden. Skriv måned og år, for eksempel 11.2026.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "size": 8, "autocomplete": "off"}))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        iso, written = _ISO_MONTH.fullmatch(text), _MONTH.fullmatch(text)
        year, month = (iso[1], iso[2]) if iso else (written[2], written[1]) if written else ("", "0")
        if not 1 <= int(month) <= 12:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return f"{year}-{int(month):02d}"


class NumberField(forms.CharField):
    """Hours or kroner typed as «3,5» or «20 724,29»; becomes a decimal, or nothing."""

    default_error_messages = {"invalid": _("Skriv et tall, for eksempel 1234,50.")}

    def __init__(self, *, decimals: int = 4, **kwargs: Any) -> None:
        self.decimals = decimals
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "size": 10, "autocomplete": "off"}))
        super().__init__(max_length=24, required=kwargs.pop("required", False), **kwargs)

    def clean(self, value: Any) -> Any:
        text = "".join(str(super().clean(value)).split())
        if not text:
            return None
        number = Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
        if number is None or number != round(number, self.decimals):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number
