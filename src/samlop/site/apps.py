from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "samlop.site"
    label = "samlop_site"
