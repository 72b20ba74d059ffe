from django.apps import AppConfig

from sportello.core import logs


class CoreConfig(AppConfig):
    name = "sportello.core"
    label = "core"

    def ready(self) -> None:
        logs.configure()
