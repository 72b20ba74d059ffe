import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from employers.models import Vacancy
from matching.engine.explain import explain
from matching.engine.scoring import Scored
from matching.queries.features import vacancy_features
from matching.queries.ranking import best_people
from matching.services.segment import ready_pool
from sportello.core.validators import is_uuid


class Command(BaseCommand):
    help = "Ranks the people with an open case for a vacancy, without keeping anything. People appear by id only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("vacancy", help='number ("OL-000042") or id')
        parser.add_argument("--top", type=int, default=50, help="how many people to show")
        parser.add_argument("--explain", action="store_true", help="show the parts of each score")
        parser.add_argument("--json", action="store_true", help="one JSON document, with the parts")

    def handle(self, *args: Any, **options: Any) -> None:
        vacancy = _find(options["vacancy"])
        wanted = vacancy_features(vacancy)
        answer = best_people(ready_pool(wanted=wanted).pool, wanted, most=options["top"])
        ranking, top = answer.ranking, answer.best
        if options["json"]:
            document = {
                "vacancy": vacancy.reference,
                "considered": ranking.considered,
                "eligible": ranking.eligible,
                "people": [_as_json(rank, scored) for rank, scored in enumerate(top, start=1)],
            }
            self.stdout.write(json.dumps(document, indent=2))
            return
        self.stdout.write(
            f"{vacancy.reference} {vacancy.title}: {ranking.considered} considerate, {ranking.eligible} adatte"
        )
        for rank, scored in enumerate(top, start=1):
            self.stdout.write(f"{rank:4d}  {scored.score:6d}  {scored.person.id}")
            if options["explain"]:
                for component in scored.components:
                    unknown = "" if component.known else "  dati non sufficienti"
                    self.stdout.write(
                        f"      {component.part.value:<11}{component.points:6d} / {component.maximum}{unknown}"
                    )


def _find(name: str) -> Vacancy:
    digits = name.upper().removeprefix("OL-")
    if digits.isdigit():
        found = Vacancy.objects.filter(number=int(digits)).first()
    else:
        found = Vacancy.objects.filter(pk=name).first() if is_uuid(name) else None
    if found is None:
        raise CommandError(f"no vacancy {name}")
    return found


def _as_json(rank: int, scored: Scored) -> dict[str, Any]:
    return {
        "rank": rank,
        "candidate": str(scored.person.id),
        "score": scored.score,
        **explain(scored).as_json(),
    }
