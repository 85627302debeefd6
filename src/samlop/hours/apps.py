from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "samlop.hours"
    label = "hours"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.core import organisation
        from samlop.hours.presenters import ORGANISATION_SENTENCES, SENTENCES

        tell(SENTENCES)
        organisation.tell(ORGANISATION_SENTENCES)
