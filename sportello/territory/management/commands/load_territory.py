"""Loads the territory's reference files; to be run after every migration, and again whenever they change."""

from typing import Any

from django.core.management.base import BaseCommand

from sportello.territory.services.reference_files import load_territory


class Command(BaseCommand):
    help = "Carica comuni, residenti, zone omogenee e municipi dai file del territorio."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, count in load_territory().items():
            self.stdout.write(f"{model}: {count}")
