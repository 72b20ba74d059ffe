"""What a semester's reports cost on a database filled by `seed_demo`: counting, protecting, printing (see `make bench-reports`).

Everything is written in one transaction that is undone, and what is printed goes to a folder that is removed.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

django.setup()

# Models can be imported once Django is ready.
from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from candidates.models import Candidate, Contact, Intake  # noqa: E402
from reports.indicators.counting import Tally, tallied  # noqa: E402
from reports.indicators.cube import cube  # noqa: E402
from reports.indicators.measures import MEASURES, Measure, Window  # noqa: E402
from reports.models import Figure  # noqa: E402
from reports.queries.areas import Territory, places_on  # noqa: E402
from reports.queries.issues import municipalities_of  # noqa: E402
from reports.rules import Semester  # noqa: E402
from reports.services.build import build_issue  # noqa: E402
from reports.services.freeze import compute_figures, keep_figures, one_snapshot, rules_in_force  # noqa: E402
from reports.services.issue import open_issue  # noqa: E402
from sportello.accounts.scope import Scope  # noqa: E402
from sportello.pacts.models import TerritorialPact  # noqa: E402

BY = Scope.of_process("bench")


def main() -> None:
    semester = Semester.before(timezone.localdate())
    cut = semester.last_day
    say(f"{Candidate.objects.count()} people, {Intake.objects.count()} intakes, {Contact.objects.count()} contacts")
    say(f"semester {semester.year}-{semester.half}")
    counting_and_protecting(semester)
    began = time.perf_counter()
    # Before the transaction: in it, one connection would have to count alone.
    places, figures, public = compute_figures(semester, cut)
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        freeze = keep_figures(semester=semester, data_cut=cut, places=places, figures=figures, public=public, by=BY)
        say(f"freeze (all of it, with writing): {time.perf_counter() - began:.2f} s")
        kept = Figure.objects.filter(area__freeze=freeze)
        say(f"  {freeze.areas.count()} areas, {kept.count()} figures, {kept.filter(suppressed=True).count()} hidden")
        pact = TerritorialPact.objects.latest("starts_on")
        territories: list[Territory] = [pact, *municipalities_of(pact, cut)]
        pages = 0
        with measured(f"editions of the pact and its {len(territories) - 1} municipalities"):
            for territory in territories:
                issue = open_issue(territory=territory, year=semester.year, half=semester.half, by=BY)
                pages += build_issue(issue=issue, by=BY).pages
        say(f"  {pages} pages")
        transaction.set_rollback(True)


def counting_and_protecting(semester: Semester) -> None:
    """The two halves of a freeze; of the counting each measure that takes a second."""
    window, rules = Window(semester.first_day, semester.last_day, 15, 7), rules_in_force()
    seconds: dict[str, float] = {}

    def count(measure: Measure) -> Tally:
        began = time.perf_counter()
        tally = tallied(measure, window, places)
        seconds[measure.key] = time.perf_counter() - began
        return tally

    with measured("areas"):
        places = places_on(semester.last_day)
    with measured("counting, two measures at a time"), one_snapshot() as each:
        tallies = list(each(count, MEASURES))
    for key, took in sorted(seconds.items(), key=lambda row: -row[1]):
        if took >= 1:
            say(f"  {key}: {took:.2f} s")
    with measured("protecting"):
        cube(MEASURES, window, places, rules=rules, each=lambda _count, _measures: tallies)


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Say how long it took and how much memory the process has used at most until then."""
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    say(f"{what}: {seconds:.2f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
