from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "samlop.exchange"
    label = "exchange"
