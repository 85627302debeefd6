from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samlop.people"
    label = "people"
