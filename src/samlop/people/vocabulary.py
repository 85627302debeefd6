"""Code lists of the room: kinds of organisations and units, roles, and what is noted about a person."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    MUNICIPALITY = "municipality", _("kommune")
    NAV = "nav", _("NAV")
    COUNTY = "county", _("fylkeskommune")
    GOVERNOR = "governor", _("statsforvalter")
    DIRECTORATE = "directorate", _("direktorat")
    EMPLOYER = "employer", _("arbeidsgiver")
    VOLUNTARY = "voluntary", _("frivillig organisasjon")
    RESEARCH = "research", _("forskningsmiljø")
    OPERATOR = "operator", _("driftsleverandør")


class UnitKind(TextChoices):
    """An organisation's part that acts on cases (design: «enhet»)."""

    REFUGEE_SERVICE = "refugee_service", _("flyktningtjeneste")
    NAV_STATE = "nav_state", _("NAV statlig")
    NAV_MUNICIPAL = "nav_municipal", _("NAV kommunal")
    ADULT_EDUCATION = "adult_education", _("voksenopplæring")
    SERVICE_CENTRE = "service_centre", _("servicesenter")
    HEALTH = "health", _("helsetjeneste")
    CAREER_CENTRE = "career_centre", _("karrieresenter")
    EMPLOYER = "employer", _("arbeidsgiver")
    VOLUNTEER_CENTRE = "volunteer_centre", _("frivilligsentral")
    COUNTY = "county", _("fylke")
    STATE = "state", _("statlig etat")
    RESEARCH = "research", _("forskning")
    OPERATIONS = "operations", _("drift")


class Role(TextChoices):
    """What a person is in a unit; decides, with the unit's relation to the case, what may be seen and done."""

    PROGRAMME_ADVISER = "programme_adviser", _("programrådgiver")
    NAV_ADVISER = "nav_adviser", _("NAV-veileder")
    TEACHER = "teacher", _("lærer")
    LEADER = "leader", _("leder")
    NAV_LEADER = "nav_leader", _("NAV-leder")
    PLACEMENT_COORDINATOR = "placement_coordinator", _("praksiskoordinator")
    JOB_SPECIALIST = "job_specialist", _("jobbspesialist")
    HEALTH_WORKER = "health_worker", _("helsearbeider")
    CAREER_ADVISER = "career_adviser", _("karriereveileder")
    COUNTY_ADVISER = "county_adviser", _("fylkesrådgiver")
    EVALUATOR = "evaluator", _("forsker")
    OPERATOR = "operator", _("driftsansvarlig")
    EMPLOYER = "employer", _("arbeidsgiver")
    VOLUNTEER = "volunteer", _("frivillig")
    PARTICIPANT = "participant", _("deltaker")


class Protection(TextChoices):
    """Address protection (adressebeskyttelse, law/rules.md § 11). Anything but NONE is a hard stop."""

    NONE = "none", _("ingen")
    CONFIDENTIAL = "confidential", _("fortrolig (kode 7)")
    STRICTLY_CONFIDENTIAL = "strictly_confidential", _("strengt fortrolig (kode 6)")


class IdentifierKind(TextChoices):
    BIRTH_NUMBER = "birth_number", _("fødselsnummer")
    D_NUMBER = "d_number", _("D-nummer")
    DUF = "duf", _("DUF-nummer")


class InterpreterNeed(TextChoices):
    UNKNOWN = "unknown", _("ikke avklart")
    NONE = "none", _("trenger ikke tolk")
    SOMETIMES = "sometimes", _("tolk i viktige samtaler")
    ALWAYS = "always", _("tolk i alle samtaler")


class Gender(TextChoices):
    """Optional, as told by the person; never guessed from a name or a number."""

    WOMAN = "woman", _("kvinne")
    MAN = "man", _("mann")
    OTHER = "other", _("annet")


class Relation(TextChoices):
    """Family relations that matter for the programme (benefit rate, leave, parental guidance)."""

    SPOUSE = "spouse", _("ektefelle")
    COHABITANT = "cohabitant", _("samboer")
    CHILD = "child", _("barn")
    PARENT = "parent", _("forelder")
    SIBLING = "sibling", _("søsken")
    OTHER = "other", _("annen omsorgsrelasjon")
