from django.apps import AppConfig


class EffortConfig(AppConfig):
    name = "samlop.effort"
    label = "effort"
