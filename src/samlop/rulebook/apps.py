from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "samlop.rulebook"
    label = "rulebook"
