from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "samlop.handover"
    label = "handover"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.cases.leaving import WORK
        from samlop.handover.leaving import RECEIVER
        from samlop.handover.presenters import SENTENCES

        tell(SENTENCES)
        WORK.append(RECEIVER)
