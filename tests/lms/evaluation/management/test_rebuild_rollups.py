from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lms.evaluation.models import OrderSums, Rollup
from tests.lms.evaluation.makers import SIX, make_cohort
from tests.lms.evaluation.sums import direct, stored

pytestmark = pytest.mark.django_db


def rebuild(**options):
    out = StringIO()
    call_command("rebuild_rollups", stdout=out, **options)
    return out.getvalue().strip()


def test_all_trainings_are_counted_and_a_second_time_changes_nothing():
    cohorts = [make_cohort(SIX), make_cohort(SIX[:2])]
    assert rebuild() == "2 trainings counted again, 2 were different."
    assert [stored(cohort) for cohort in cohorts] == [direct(cohort) for cohort in cohorts]
    before = list(OrderSums.objects.order_by("pk").values())
    assert rebuild(check=True) == "2 trainings counted again, 0 were different."
    assert list(OrderSums.objects.order_by("pk").values()) == before


def test_one_training_is_named_by_its_code():
    one, other = make_cohort(SIX), make_cohort(SIX)
    assert rebuild(cohort=one.code) == "1 trainings counted again, 1 were different."
    assert stored(other) == {}


def test_an_unknown_code_is_told():
    with pytest.raises(CommandError, match="no training with the code 'TIDAK-ADA'"):
        rebuild(cohort="TIDAK-ADA")


def test_check_ends_with_an_error_where_something_had_changed():
    cohort = make_cohort(SIX)
    rebuild()
    OrderSums.objects.update(pre=0)
    with pytest.raises(CommandError):
        rebuild(check=True)
    assert stored(cohort) == direct(cohort)


def test_stale_ones_only_are_those_that_were_never_counted():
    counted, never, without = make_cohort(SIX), make_cohort(SIX), make_cohort(SIX)
    Rollup.objects.filter(pk=never.pk).update(is_stale=True)
    Rollup.objects.filter(pk=without.pk).delete()
    assert rebuild(stale=True) == "2 trainings counted again, 2 were different."
    assert stored(counted) == {}
    assert stored(without) == direct(without)
