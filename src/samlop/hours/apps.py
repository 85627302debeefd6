from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "samlop.hours"
    label = "hours"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.hours.presenters import SENTENCES

        tell(SENTENCES)
