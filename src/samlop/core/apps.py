from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "samlop.core"
    label = "core"
