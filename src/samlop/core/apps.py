from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "samlop.core"
    label = "core"

    def ready(self) -> None:
        from samlop.core import lookups

        lookups.register()
