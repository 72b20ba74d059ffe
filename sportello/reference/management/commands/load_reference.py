from typing import Any

from django.core.management.base import BaseCommand

from sportello.reference.services.curated import load_curated


class Command(BaseCommand):
    help = "Loads occupations, skills, ATECO 2025, the short lists and the rule parameters. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        for table, rows in load_curated().items():
            self.stdout.write(f"{table}: {rows}")
