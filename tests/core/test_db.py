"""How each connection begins."""

from datetime import time

import pytest
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, models, transaction
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState
from django.db.models import FloatField
from django.db.utils import ProgrammingError
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pytest_django import DjangoAssertNumQueries

from sportello.core.db import CreateTables, Median, counted, gathered
from sportello.core.models import Job
from sportello.territory.models import Desk, OpeningHours
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_the_server_compiles_no_query_and_takes_the_tables_to_be_in_memory() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit'), current_setting('random_page_cost')")
        assert cursor.fetchone() == ("off", "1.1")


def test_tables_that_refer_to_one_another_are_created_together_with_their_triggers_and_taken_down_again() -> None:
    key = ("id", models.AutoField(primary_key=True))
    of_left = models.ForeignKey("core.Left", models.CASCADE)
    of_right = models.ForeignKey("core.Right", models.CASCADE, null=True)
    refuse = "RAISE EXCEPTION 'left stays';"
    sql = UpsertTriggerSql(pgid="left_stays", table="core_left", func=refuse, when="BEFORE", operation="UPDATE")
    trigger = Trigger(name="left_stays", sql=sql)
    tables = CreateTables(
        [
            CreateModel("Left", [key, ("right", of_right)], options={"triggers": [trigger]}),
            CreateModel("Right", [key, ("left", of_left)]),
        ]
    )
    before, after = ProjectState(), ProjectState()
    tables.state_forwards("core", after)
    left, right = after.apps.get_model("core", "Left"), after.apps.get_model("core", "Right")
    with connection.schema_editor() as editor:
        tables.database_forwards("core", editor, before, after)
    one = left._default_manager.create()
    right._default_manager.create(left=one)
    with pytest.raises(ProgrammingError, match="left stays"), transaction.atomic():
        left._default_manager.update(right=None)
    connection.check_constraints()
    with connection.schema_editor() as editor:
        tables.database_backwards("core", editor, after, before)
    assert {"core_left", "core_right"} & set(connection.introspection.table_names()) == set()


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
