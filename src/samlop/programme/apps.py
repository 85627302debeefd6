from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "samlop.programme"
    label = "programme"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.programme.presenters import SENTENCES

        tell(SENTENCES)
