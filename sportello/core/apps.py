from django.apps import AppConfig
from django.db.backends.signals import connection_created

from sportello.core import audit, logs


class CoreConfig(AppConfig):
    name = "sportello.core"
    label = "core"

    def ready(self) -> None:
        # Defines a model, so it waits for the registry.
        from sportello.core import db
        from sportello.core.fields import speak_plainly

        logs.configure()
        speak_plainly()
        connection_created.connect(audit.prepare_connection)
        connection_created.connect(db.forgo_jit)
