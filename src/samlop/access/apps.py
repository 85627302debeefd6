from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "samlop.access"
    label = "access"

    def ready(self) -> None:
        from samlop.access.presenters import ORGANISATION_SENTENCES
        from samlop.core.organisation import tell

        tell(ORGANISATION_SENTENCES)
