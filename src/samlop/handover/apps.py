from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "samlop.handover"
    label = "handover"
