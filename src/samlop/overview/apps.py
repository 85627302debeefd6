from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "samlop.overview"
    label = "overview"
