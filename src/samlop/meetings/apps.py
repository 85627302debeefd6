from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "samlop.meetings"
    label = "meetings"
