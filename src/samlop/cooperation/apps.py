from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "samlop.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        from samlop.cases.registration import SUGGESTED_UNITS
        from samlop.cooperation.arrangements import task_units
        from samlop.cooperation.presenters import SENTENCES
        from samlop.core.organisation import tell

        tell(SENTENCES)
        SUGGESTED_UNITS.append(task_units)
