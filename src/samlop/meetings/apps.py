from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "samlop.meetings"
    label = "meetings"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.meetings.presenters import SENTENCES

        tell(SENTENCES)
