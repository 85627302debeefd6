"""Code lists of the case: its status, the permit, functions in the team, needs for adaptation and kinds of effort."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseStatus(TextChoices):
    ACTIVE = "active", _("aktiv")
    ENDED = "ended", _("avsluttet")
    MOVED = "moved", _("flyttet til en annen kommune")


class Permit(TextChoices):
    """Basis of residence (integreringsloven § 9; letters as in law/rules.md § 2.2)."""

    A = "A", _("flyktning (utlendingsloven § 28)")
    B = "B", _("overføringsflyktning (§ 35 tredje ledd)")
    C = "C", _("opphold på humanitært grunnlag (§ 38 første ledd)")
    D = "D", _("begrenset tillatelse, barnefamilie (§ 38 femte ledd)")
    E = "E", _("kollektiv beskyttelse (§ 34)")
    F = "F", _("familieinnvandret")
    G = "G", _("selvstendig grunnlag (§ 53)")
    OTHER = "other", _("annet grunnlag")


class TeamFunction(TextChoices):
    """What a person does in the team of a case."""

    MAIN_CONTACT = "main_contact", _("hovedkontakt")
    NAV_CONTACT = "nav_contact", _("NAV-kontakt")
    TEACHER = "teacher", _("kontaktlærer")
    PLACEMENT = "placement", _("praksis og jobb")
    HEALTH = "health", _("helse")
    CAREER = "career", _("karriereveiledning")
    SETTLEMENT = "settlement", _("bosetting")
    LEADER = "leader", _("leder")
    OTHER = "other", _("annen hjelper")


class Need(TextChoices):
    """Needs for adaptation (tilrettelegging). What helps – never why: no diagnoses are stored."""

    SHORTER_DAYS = "shorter_days", _("kortere dager")
    BREAKS = "breaks", _("flere pauser")
    QUIET_ROOM = "quiet_room", _("rolig rom")
    SMALL_GROUP = "small_group", _("liten gruppe")
    STEP_FREE = "step_free", _("trinnfri adkomst")
    HEARING = "hearing", _("hørselstilrettelegging")
    SIGHT = "sight", _("synstilrettelegging")
    READING_HELP = "reading_help", _("hjelp til å lese og skrive")
    NO_HEAVY_LIFTING = "no_heavy_lifting", _("ikke tunge løft")
    CHILDCARE = "childcare", _("barnepass")
    TRANSPORT = "transport", _("hjelp med transport")
    SAME_GENDER_HELPER = "same_gender_helper", _("helper av samme kjønn")
    ONE_CONTACT = "one_contact", _("én fast kontaktperson")


class EffortKind(TextChoices):
    """What a unit did for a participant; counts without anyone being a registered job seeker (research 002 § 14)."""

    CONVERSATION = "conversation", _("samtale")
    MARKET_KNOWLEDGE = "market_knowledge", _("markedskunnskap")
    PLAN_TALK = "plan_talk", _("plansamtale")
    TRIANGULAR_TALK = "triangular_talk", _("trekantsamtale")
    MEASURE = "measure", _("tiltak")
    FOLLOW_UP = "follow_up", _("oppfølging")
    GROUP_INFORMATION = "group_information", _("gruppeinformasjon")
