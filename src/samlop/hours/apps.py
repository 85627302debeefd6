from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "samlop.hours"
    label = "hours"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.cases.leaving import AT_UNIT
        from samlop.cases.moving import CARRY
        from samlop.core import organisation
        from samlop.core.rights import Section
        from samlop.hours.away import working_days_away
        from samlop.hours.carrying import carry
        from samlop.hours.certificate import held
        from samlop.hours.leaving import GROUPS
        from samlop.hours.presenters import ORGANISATION_SENTENCES, SENTENCES
        from samlop.programme import certificate
        from samlop.programme.absences import SOURCES

        tell(SENTENCES)
        SOURCES.append(working_days_away)
        # The new municipality reads nothing of the hours; what goes along is the days that the programme counts.
        CARRY.append((Section.PROGRAMME, carry))
        certificate.SOURCES.append((Section.HOURS, held))
        AT_UNIT.append(GROUPS)
        organisation.tell(ORGANISATION_SENTENCES)
