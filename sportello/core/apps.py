from django.apps import AppConfig
from django.db.backends.signals import connection_created

from sportello.core import audit, logs
from sportello.core.fields import speak_plainly


class CoreConfig(AppConfig):
    name = "sportello.core"
    label = "core"

    def ready(self) -> None:
        # Defines a model, so it waits for the registry.
        from sportello.core.db import plan_for_pages

        logs.configure()
        speak_plainly()
        connection_created.connect(audit.prepare_connection)
        connection_created.connect(plan_for_pages)
