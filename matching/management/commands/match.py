import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from employers.models import Vacancy
from matching.engine.explain import explain
from matching.engine.scoring import Scored
from matching.engine.strategies import Strategy
from matching.models import MatchRun
from matching.queries.features import read_people, read_vacancies, vacancy_features
from matching.queries.openings import rank_openings
from matching.queries.ranking import best_people
from matching.queries.replay import CannotReplay, replay
from matching.queries.strategies import chosen
from matching.services.segment import ready_pool
from sportello.core.validators import is_uuid


class Command(BaseCommand):
    help = "Ranks people for a vacancy, or vacancies for a person, without keeping anything. People appear by id only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("vacancy", nargs="?", help='number ("OL-000042") or id')
        parser.add_argument("--person", help="id of a person: rank the published vacancies for them instead")
        parser.add_argument("--replay", help="id of a kept run: ask the engine again and compare")
        parser.add_argument(
            "--strategy", choices=list(Strategy), default=Strategy.STANDARD, help="how the parts are weighed"
        )
        parser.add_argument("--top", type=int, default=50, help="how many people or vacancies to show")
        parser.add_argument("--explain", action="store_true", help="show the parts of each score")
        parser.add_argument("--json", action="store_true", help="one JSON document, with the parts")

    def handle(self, *args: Any, **options: Any) -> None:
        if [options["vacancy"], options["person"], options["replay"]].count(None) != 2:
            raise CommandError("name a vacancy, a person or a run to replay")
        if options["replay"]:
            self._replay(options["replay"])
        elif options["person"]:
            self._vacancies(options["person"], options)
        else:
            self._people(_find(options["vacancy"]), options)

    def _replay(self, name: str) -> None:
        run = MatchRun.objects.filter(pk=name).first() if is_uuid(name) else None
        if run is None:
            raise CommandError(f"no run {name}")
        try:
            found = replay(run)
        except CannotReplay:
            raise CommandError("the engine or the vocabulary has changed since this run") from None
        if found.different:
            raise CommandError(f"another answer at ranks {found.different}")
        self.stdout.write(f"{found.weighed} confermate")

    def _vacancies(self, name: str, options: dict[str, Any]) -> None:
        people = read_people([UUID(name)]) if is_uuid(name) else []
        if not people:
            raise CommandError(f"no person {name} with an open case")
        vacancies, vocabulary = read_vacancies(Vacancy.objects.published()), ready_pool().pool.vocabulary
        weights = chosen(Strategy(options["strategy"])).weights
        ranked = rank_openings(people[0], vacancies, vocabulary, weights)[: options["top"]]
        named = Vacancy.objects.in_bulk([fit.vacancy.id for fit in ranked])
        found = [(named[fit.vacancy.id].reference, fit.score, fit.excluded_by) for fit in ranked]
        if options["json"]:
            rows = [dict(zip(("vacancy", "score", "excluded_by"), row, strict=True)) for row in found]
            self.stdout.write(json.dumps({"candidate": name, "vacancies": rows}, indent=2))
            return
        for reference, score, excluded_by in found:
            self.stdout.write(f"{score:6d}  {reference}  {excluded_by or ''}")

    def _people(self, vacancy: Vacancy, options: dict[str, Any]) -> None:
        wanted = vacancy_features(vacancy)
        weights = chosen(Strategy(options["strategy"])).weights
        answer = best_people(ready_pool(wanted=wanted).pool, wanted, most=options["top"], weights=weights)
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
