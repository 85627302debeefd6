from django.apps import AppConfig


class NorwegianConfig(AppConfig):
    name = "samlop.norwegian"
    label = "norwegian"
