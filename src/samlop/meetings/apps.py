from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "samlop.meetings"
    label = "meetings"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.cases.leaving import WORK
        from samlop.meetings.leaving import MEETINGS
        from samlop.meetings.presenters import SENTENCES

        tell(SENTENCES)
        WORK.append(MEETINGS)
