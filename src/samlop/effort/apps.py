from django.apps import AppConfig


class EffortConfig(AppConfig):
    name = "samlop.effort"
    label = "effort"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.effort.presenters import SENTENCES

        tell(SENTENCES)
