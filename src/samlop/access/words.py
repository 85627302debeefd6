"""Names of sections, rights and relations as people read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from samlop.access.policy import Relation
from samlop.core.rights import Right, Section

SECTION_NAMES = {
    Section.IDENTITY: gettext_lazy("personopplysninger"),
    Section.PROGRAMME: gettext_lazy("program og frister"),
    Section.PLAN: gettext_lazy("planen"),
    Section.MAPPING: gettext_lazy("kartlegging"),
    Section.NORWEGIAN: gettext_lazy("norsk"),
    Section.WORK: gettext_lazy("arbeid og praksis"),
    Section.HOURS: gettext_lazy("timer og fravær"),
    Section.ECONOMY: gettext_lazy("økonomi"),
    Section.NEEDS: gettext_lazy("behov for tilrettelegging"),
    Section.RESTRICTED: gettext_lazy("notater for navngitte personer"),
}

RIGHT_NAMES = {
    Right.NONE: gettext_lazy("ingen tilgang"),
    Right.SEE: gettext_lazy("kan se"),
    Right.CONTRIBUTE: gettext_lazy("kan se og skrive"),
    Right.MANAGE: gettext_lazy("har ansvaret for"),
}

RELATION_NAMES = {
    Relation.SELF: gettext_lazy("deltakeren selv"),
    Relation.TEAM: gettext_lazy("navngitt i saksteamet"),
    Relation.UNIT: gettext_lazy("kollega i en enhet i saksteamet"),
    Relation.MUNICIPALITY: gettext_lazy("leder i kommunen"),
    Relation.HANDED_OVER: gettext_lazy("ny kommune etter flytting"),
    Relation.OVERRIDE: gettext_lazy("nødtilgang"),
    Relation.GRANT: gettext_lazy("deltakeren har sagt ja"),
}
