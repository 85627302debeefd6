from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samlop.people"
    label = "people"

    def ready(self) -> None:
        from samlop.core.organisation import tell
        from samlop.people.presenters import SENTENCES

        tell(SENTENCES)
