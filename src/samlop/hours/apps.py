from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "samlop.hours"
    label = "hours"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.core import organisation
        from samlop.hours.away import working_days_away
        from samlop.hours.presenters import ORGANISATION_SENTENCES, SENTENCES
        from samlop.programme.absences import SOURCES

        tell(SENTENCES)
        SOURCES.append(working_days_away)
        organisation.tell(ORGANISATION_SENTENCES)
