from django.apps import AppConfig


class BenefitConfig(AppConfig):
    name = "samlop.benefit"
    label = "benefit"

    def ready(self) -> None:
        from samlop.benefit.presenters import ORGANISATION_SENTENCES, SENTENCES
        from samlop.cases.journal import tell
        from samlop.core import organisation

        tell(SENTENCES)
        organisation.tell(ORGANISATION_SENTENCES)
