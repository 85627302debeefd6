from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "samlop.handover"
    label = "handover"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.handover.presenters import SENTENCES

        tell(SENTENCES)
