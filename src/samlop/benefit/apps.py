from django.apps import AppConfig


class BenefitConfig(AppConfig):
    name = "samlop.benefit"
    label = "benefit"

    def ready(self) -> None:
        from samlop.benefit.presenters import SENTENCES
        from samlop.cases.journal import tell

        tell(SENTENCES)
