from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "sportello.programmes"
    label = "programmes"
