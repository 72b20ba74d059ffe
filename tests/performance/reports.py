"""What a semester's reports cost on a database filled by `seed_demo`: counting, protecting, printing (see `make bench-reports`).

Everything happens in one transaction that is undone, and what is printed goes to a folder that is removed.
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
from reports.indicators.counting import counted, employers_of  # noqa: E402
from reports.indicators.cube import protected  # noqa: E402
from reports.indicators.measures import MEASURES, Window  # noqa: E402
from reports.models import Figure  # noqa: E402
from reports.queries.areas import Territory, places_on  # noqa: E402
from reports.queries.issues import municipalities_of  # noqa: E402
from reports.rules import Semester  # noqa: E402
from reports.services.build import build_issue  # noqa: E402
from reports.services.freeze import freeze_semester, rules_in_force  # noqa: E402
from reports.services.issue import open_issue  # noqa: E402
from sportello.accounts.scope import Scope  # noqa: E402
from sportello.pacts.models import TerritorialPact  # noqa: E402

BY = Scope.of_process("bench")


def main() -> None:
    semester = Semester.before(timezone.localdate())
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        say(f"{Candidate.objects.count()} people, {Intake.objects.count()} intakes, {Contact.objects.count()} contacts")
        say(f"semester {semester.year}-{semester.half}")
        counting_and_protecting(semester)
        with measured("freeze (all of it, with writing)"):
            freeze = freeze_semester(semester=semester, data_cut=semester.last_day, by=BY)
        figures = Figure.objects.filter(area__freeze=freeze)
        hidden = figures.filter(suppressed=True).count()
        say(f"  {freeze.areas.count()} areas, {figures.count()} figures, {hidden} hidden")
        pact = TerritorialPact.objects.latest("starts_on")
        territories: list[Territory] = [pact, *municipalities_of(pact, semester.last_day)]
        pages = 0
        with measured(f"editions of the pact and its {len(territories) - 1} municipalities"):
            for territory in territories:
                issue = open_issue(territory=territory, year=semester.year, half=semester.half, by=BY)
                pages += build_issue(issue=issue, by=BY).pages
        say(f"  {pages} pages")
        transaction.set_rollback(True)


def counting_and_protecting(semester: Semester) -> None:
    """The two halves of a freeze, measure by measure."""
    window, rules = Window(semester.first_day, semester.last_day, first_contact_days=15), rules_in_force()
    with measured("areas"):
        places = places_on(semester.last_day)
    with measured("counting"):
        counts = {measure: counted(measure, window, places) for measure in MEASURES}
        employers = {measure: employers_of(measure, window, places) for measure in MEASURES}
    with measured("protecting"):
        for measure in MEASURES:
            protected(measure, counts[measure], places.geography, employers[measure], rules=rules)


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
