"""The order of the feed: complete up to its horizon, whoever commits first."""

import threading
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import Q

from employers.models import BoardEntry, Vacancy
from employers.queries.feed import changes, entries, horizon, last_change
from sportello.accounts.scope import Scope
from sportello.core import audit
from tests.support.employers import make_vacancy
from tests.support.queries import queries_of


def seen(after: tuple[datetime, UUID] | None = None) -> list[UUID]:
    """What a reader who asks now is told."""
    before = horizon()
    gone_after = last_change(before=before)
    return [line.pk for line in entries(Q(), gone_after=gone_after, after=after, before=before)]


@pytest.mark.django_db(transaction=True)
def test_nobody_slips_past_a_slow_writer() -> None:
    """A changes first and commits last: until then a reader sees neither A nor what changed after it, then both in their order."""
    slow, quick = make_vacancy(), make_vacancy()
    assert seen() == [slow.pk, quick.pk]
    start = BoardEntry.objects.order_by("-changed_at").values_list("changed_at", "pk")[0]
    written, may_commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        try:
            with transaction.atomic(), audit.acting(Scope.of_process("tests"), "test"):
                Vacancy.objects.filter(pk=slow.pk).update(posts=2)
                written.set()
                may_commit.wait(20)
        finally:
            connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    assert written.wait(20)
    Vacancy.objects.filter(pk=quick.pk).update(posts=3)
    assert BoardEntry.objects.order_by("-changed_at").values_list("pk", flat=True)[0] == quick.pk
    assert seen(start) == []
    may_commit.set()
    writer.join()
    assert seen(start) == [slow.pk, quick.pk]


@pytest.mark.django_db
def test_the_horizon_is_now_while_nobody_writes() -> None:
    vacancy = make_vacancy()
    assert BoardEntry.objects.get(pk=vacancy.pk).changed_at < horizon()


@pytest.mark.django_db
def test_changes_cost_the_same_for_one_and_three() -> None:
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_vacancy()
        with queries_of() as queries:
            assert len(changes(BoardEntry.objects.order_by("changed_at"))) == BoardEntry.objects.count()
        costs.append(len(queries))
    assert costs == [7, 7]
