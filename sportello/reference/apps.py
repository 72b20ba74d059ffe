from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "sportello.reference"
    label = "reference"
