from django.apps import AppConfig
from django.db.backends.signals import connection_created

from sportello.core import audit, logs


class CoreConfig(AppConfig):
    name = "sportello.core"
    label = "core"

    def ready(self) -> None:
        logs.configure()
        connection_created.connect(audit.prepare_connection)
