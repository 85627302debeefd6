"""Code lists of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CircumstanceKind(TextChoices):
    """What about a participant's life changes the benefit (integreringsloven §§ 20 and 22)."""

    WITH_PARENTS = "with_parents", _("bor hos én eller begge foreldre")
    COUPLE = "couple", _("par uten barn, begge i programmet")
    OTHER_BENEFIT = "other_benefit", _("annen ytelse")


class BenefitKind(TextChoices):
    """Other benefits that are coordinated; the codes of ``samlop.law``."""

    DAGPENGER = "dagpenger", _("dagpenger")
    SYKEPENGER = "sykepenger", _("sykepenger")
    FORELDREPENGER = "foreldrepenger", _("foreldrepenger")
    AAP = "aap", _("arbeidsavklaringspenger")
    UFORETRYGD = "uforetrygd", _("uføretrygd")
    OVERGANGSSTONAD = "overgangsstonad", _("overgangsstønad")


class Source(TextChoices):
    """Where a circumstance is known from."""

    PARTICIPANT = "participant", _("deltakeren fortalte det")
    DOCUMENT = "document", _("dokument")
    NAV = "nav", _("NAV")
    REGISTER = "register", _("folkeregisteret")
    EMPLOYER = "employer", _("arbeidsgiveren")


class RunStatus(TextChoices):
    CALCULATING = "calculating", _("regnes ut")
    READY = "ready", _("klar for godkjenning")
    APPROVED = "approved", _("godkjent")


class CorrectionState(TextChoices):
    """The life of a difference in a closed month. Two people see it before it is paid or taken."""

    FOUND = "found", _("funnet")
    PROPOSED = "proposed", _("foreslått")
    CONFIRMED = "confirmed", _("bekreftet, tas i neste kjøring")
    PAID = "paid", _("tatt med i en kjøring")
    ELSEWHERE = "elsewhere", _("gjort opp på annen måte")
    INSTALMENTS = "instalment", _("betales tilbake i avdrag")


class PlanBasis(TextChoices):
    """What repayment in instalments rests on (integreringsloven § 25)."""

    AGREED = "agreed", _("avtale med deltakeren")
    DECIDED = "decided", _("undertegnet vedtak om tilbakebetaling")


class PlanState(TextChoices):
    """The life of a repayment plan. Two people see it before anything is taken."""

    PROPOSED = "proposed", _("foreslått")
    CONFIRMED = "confirmed", _("bekreftet")
    ENDED = "ended", _("stoppet")


class Answer(TextChoices):
    """What is decided about a question before the run is approved."""

    ACCEPTED = "accepted", _("sett på og godtatt")
    LEFT_OUT = "left_out", _("tas ikke med i denne kjøringen")
    REOPENED = "reopened", _("spørsmålet er åpnet igjen")


class Change(TextChoices):
    """What is new since last month's statement."""

    NEW = "new", _("ny")
    RATE = "rate", _("ny sats")
    G = "g", _("nytt grunnbeløp")
    ABSENCE = "absence", _("fravær")
    CIRCUMSTANCES = "circumstances", _("nye opplysninger")
    PERIOD = "period", _("del av måneden")
    CORRECTION = "correction", _("rettelse")
    LEFT_OUT = "left_out", _("ikke med")
