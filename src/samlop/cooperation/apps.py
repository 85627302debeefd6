from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "samlop.cooperation"
    label = "cooperation"
