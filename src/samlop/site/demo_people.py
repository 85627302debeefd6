"""The fixed user names of the demo: promised to others (docs: contracts), signed in with one click."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DEMO_PEOPLE = {
    "radgiver": _("programrådgiver i Elvestad"),
    "nav": _("NAV-veileder i Elvestad"),
    "laerer": _("lærer i Elvestad"),
    "leder": _("leder for programmet i Elvestad"),
    "navleder": _("NAV-leder i Elvestad"),
    "praksis": _("praksiskoordinator i Elvestad"),
    "deltaker": _("deltaker i Elvestad"),
    "fremmed": _("programrådgiver i en annen kommune, Skogdal"),
    "fylke": _("fylkesrådgiver"),
    "forsker": _("forsker"),
    "drift": _("driftsansvarlig, ser ingen saker"),
}
"""User name → what the person is. Only these are signed in without a password, and only with ``SAMLOP_DEMO=1``."""

BY_NAME = "navn"
"""In the place of a user name: a participant who is registered, called by name. Only with ``SAMLOP_DEMO=1`` too."""
