"""What the board costs by the way it is asked, on a database filled by `seed_demo --vacancies 10000` (see `make bench-board`)."""

import statistics
import sys
import time

from django.test import Client

# As the web process begins: all is loaded, and what is loaded is never gone through again.
import sportello.wsgi  # noqa: F401
from employers.models import Vacancy
from tests.support.queries import queries_of

REQUESTS = 40

ASKED: dict[str, dict[str, str]] = {
    "everything": {},
    "a common word": {"cosa": "cameriere"},
    "a rare word": {"cosa": "saldatore"},
    "a typo": {"cosa": "magaziniere"},
    "words of every day": {"cosa": "donna delle pulizie"},
    "place and radius": {"dove": "Segrate", "km": "20"},
    "word, place, contract, pay": {
        "cosa": "magazziniere",
        "dove": "Melzo",
        "km": "40",
        "contratto": "PERMANENT",
        "paga": "1500",
    },
    "the last page": {"pagina": "500"},
}


def measure(client: Client, address: str, asked: dict[str, str]) -> tuple[int, int, float, float]:
    """Bytes and queries of one request, median and 95th percentile of the next ones, in milliseconds."""
    client.get(address, asked)
    with queries_of() as queries:
        answer = client.get(address, asked)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    times = []
    for _request in range(REQUESTS):
        begun = time.perf_counter()
        client.get(address, asked)
        times.append((time.perf_counter() - begun) * 1000)
    return len(answer.content), len(queries), statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """Print the table."""
    client = Client()
    sys.stdout.write(f"{Vacancy.objects.published().count()} vacancies on the board\n")
    sys.stdout.write(f"{'asked':28} {'kB':>5} {'q':>3} {'median':>8} {'p95':>8}\n")
    places = [*(("/offerte/", name, asked) for name, asked in ASKED.items())]
    places += [
        ("/offerte/novita.rss", "news", {}),
        ("/sitemap.xml", "sitemap", {}),
        ("/sitemap-vacancies.xml", "sitemap of vacancies", {}),
    ]
    for address, name, asked in places:
        size, queries, median, p95 = measure(client, address, asked)
        sys.stdout.write(f"{name:28} {size / 1000:5.0f} {queries:3} {median:8.1f} {p95:8.1f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
