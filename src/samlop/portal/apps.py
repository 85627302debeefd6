from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "samlop.portal"
    label = "portal"
