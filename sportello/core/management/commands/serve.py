import io
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from psycopg.errors import DiskFull

from sportello.core import embedded, serving


class Command(BaseCommand):
    """Opens the whole portal on this machine and closes it on SIGINT or SIGTERM: database, web, worker."""

    help = "Open the portal on this machine, with its own database unless DATABASE_URL is set."
    # A start must be quick; `make check` runs the checks.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options: object) -> None:
        try:
            with serving.stoppable():
                self._serve(host, port)
        except serving.Stopped:
            self.stdout.write(_("Il portale è chiuso."))
        except (serving.ServingError, embedded.EmbeddedError) as error:
            self.stderr.write(str(error))
            sys.exit(1)
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            if isinstance(error.__cause__, DiskFull):
                self.stderr.write(_("Il disco è pieno: libera spazio e riprova."))
            else:
                self.stderr.write(_("Il database non risponde: %(reason)s") % {"reason": reason})
            sys.exit(1)

    def _serve(self, host: str, port: int) -> None:
        data, url = settings.DATA_DIR, f"http://{host}:{port}"
        family = serving.children(host, port, data)
        with serving.only_one(data):
            serving.check_port(host, port)
            serving.prepare_folders(data)
            secret = serving.secret_key(data)
            environment = {**serving.seal_for_trying(data, secret), **os.environ, "SECRET_KEY": secret, "SITE_URL": url}
            with _database():
                self._prepare_data()
                connections.close_all()
                self._open(family, environment, url)

    def _open(self, family: list[serving.Child], environment: dict[str, str], url: str) -> None:
        try:
            for child in family:
                child.start(environment)
            serving.wait_for_first_page(url, family[0])
            self._welcome(url)
            serving.watch(family, environment)
        finally:
            serving.stop(family)

    def _prepare_data(self) -> None:
        """Bring the database up to this code and fill what is empty; on a second start only the questions are asked."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say(_("Preparo le tabelle…"))
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("compile_translations")
        for model, command in settings.DEMO_DATA:
            if not apps.get_model(model)._default_manager.exists():
                self._say(_("Carico i dati: %(command)s…") % {"command": command})
                call_command(command, stdout=io.StringIO())

    def _welcome(self, url: str) -> None:
        self._say(_("Il portale è aperto: %(url)s") % {"url": url})
        for email, role in settings.DEMO_LOGINS.items():
            self._say(f"  {email}  ({role})")
        if settings.DEMO_LOGINS:
            self._say(_("La parola d'ordine di tutti è: %(password)s") % {"password": settings.DEMO_PASSWORD})
        self._say(_("Per chiudere premi Ctrl-C."))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


@contextmanager
def _database() -> Iterator[None]:
    """The embedded server while the portal is open; nothing when DATABASE_URL names one."""
    if settings.EMBEDDED_DATABASE is None:
        yield
        return
    try:
        server = embedded.start(settings.EMBEDDED_DATABASE)
    except serving.Stopped:
        embedded.stop(embedded.server_at(settings.EMBEDDED_DATABASE))
        raise
    try:
        yield
    finally:
        connections.close_all()
        embedded.stop(server)
