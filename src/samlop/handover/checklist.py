"""The points of the checklist (research/001 § 14 item 14, 002 §§ 3.8 and 14 item 3)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PointCode(TextChoices):
    """What must be in place before somebody else takes over."""

    MEASURES = "measures", _("Alle tiltak har fått et resultat")
    LEVELS = "levels", _("Norsknivåene er oppdatert")
    PLAN = "plan", _("Planen er gått gjennom med deltakeren")
    UNMET_NEEDS = "unmet_needs", _("Det som gjenstår, er beskrevet")
    INCOME = "income", _("Inntekten etter programmet er avklart")
    CONTACTS = "contacts", _("Kontaktpersonene er oppdatert")
    PARTICIPANT_INFORMED = "participant_informed", _("Deltakeren vet hva som skjer, og har sett hva som sendes videre")
    RECEIVER_INFORMED = "receiver_informed", _("Mottakeren har fått overføringspakken")
    CERTIFICATE = "certificate", _("Deltakerbeviset er gitt")


class PointState(TextChoices):
    """Where a point stands."""

    OPEN = "open", _("Gjenstår")
    DONE = "done", _("Gjort")
    NOT_RELEVANT = "not_relevant", _("Ikke aktuelt")
