from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "samlop.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        from samlop.cooperation.presenters import SENTENCES
        from samlop.core.organisation import tell

        tell(SENTENCES)
