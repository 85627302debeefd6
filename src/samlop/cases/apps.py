from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "samlop.cases"
    label = "cases"

    def ready(self) -> None:
        from samlop.access.presenters import SENTENCES as ACCESS_SENTENCES
        from samlop.cases.gatekeeper import Gatekeeper
        from samlop.cases.journal import tell
        from samlop.cases.presenters import SENTENCES
        from samlop.core.gate import install

        install(Gatekeeper())
        tell(ACCESS_SENTENCES)
        tell(SENTENCES)
