from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "samlop.plan"
    label = "plan"
