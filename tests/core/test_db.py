"""How each connection begins."""

from datetime import time

import pytest
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import FloatField
from pytest_django import DjangoAssertNumQueries

from sportello.core.db import Median, counted, gathered
from sportello.core.models import Job
from sportello.territory.models import Desk, OpeningHours
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_no_query_is_compiled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_rows_of_several_kinds_are_counted_together(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Job.objects.bulk_create([Job(path="a"), Job(path="a"), Job(path="b%s")])
    jobs = Job.objects.order_by("path")
    with django_assert_num_queries(1):
        assert counted(all=jobs, a=jobs.filter(path="a"), b=jobs.filter(path__in=["b%s", "c"]), none=jobs.none()) == {
            "all": 3,
            "a": 2,
            "b": 1,
            "none": 0,
        }


def test_the_rows_of_each_owner_are_gathered_beside_it() -> None:
    desk, other = make_desk(), make_desk()
    for weekday in (1, 2):
        OpeningHours.objects.create(desk=desk, weekday=weekday, opens=time(9), closes=time(12))
    days = Desk.objects.annotate(days=gathered(OpeningHours, "desk", ArrayAgg("weekday", order_by="weekday")))
    assert dict(days.values_list("pk", "days")) == {desk.pk: [1, 2], other.pk: None}


@pytest.mark.parametrize(("attempts", "median"), [([], None), ([4], 4.0), ([1, 2, 9], 2.0), ([1, 2, 3, 9], 2.5)])
def test_half_of_the_rows_stay_under_the_median(attempts: list[int], median: float | None) -> None:
    Job.objects.bulk_create(Job(path="a", attempts=number) for number in attempts)
    assert Job.objects.order_by().aggregate(found=Median("attempts", output_field=FloatField()))["found"] == median
