from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "samlop.access"
    label = "access"
