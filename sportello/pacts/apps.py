from django.apps import AppConfig


class PactsConfig(AppConfig):
    name = "sportello.pacts"
    label = "pacts"
