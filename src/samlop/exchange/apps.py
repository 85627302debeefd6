from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "samlop.exchange"
    label = "exchange"

    def ready(self) -> None:
        from samlop.core.organisation import tell
        from samlop.exchange.presenters import SENTENCES

        tell(SENTENCES)
