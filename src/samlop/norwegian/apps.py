from django.apps import AppConfig


class NorwegianConfig(AppConfig):
    name = "samlop.norwegian"
    label = "norwegian"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.norwegian.presenters import SENTENCES

        tell(SENTENCES)
