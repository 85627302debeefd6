from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "samlop.plan"
    label = "plan"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.plan.presenters import SENTENCES

        tell(SENTENCES)
