from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "samlop.programme"
    label = "programme"
