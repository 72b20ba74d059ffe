from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "sportello.territory"
    label = "territory"
