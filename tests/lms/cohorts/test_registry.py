"""What apps above may add to the page of a training."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ImproperlyConfigured

from lms.cohorts import registry
from lms.cohorts.enums import CohortState, LinkGroup
from lms.cohorts.models import Cohort
from lms.cohorts.stages import Deed
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_panels", "_links", "_locks"):
        monkeypatch.setattr(registry, name, {})


@pytest.fixture
def administrator_user(django_user_model: Any) -> Any:
    return django_user_model.objects.create_superuser("kepala", password=None)


def link(code: str, *, group: LinkGroup = LinkGroup.DAY, order: int = 100, **more: Any) -> None:
    registry.register_cohort_link(
        code,
        label=code,
        url=lambda cohort: "/",
        permission="cohorts.view_cohort",
        group=group,
        order=order,
        **more,
    )


def codes(user: Any, state: str = CohortState.RUNNING) -> list[list[str]]:
    """The codes of the links, group by group."""
    return [
        [entry.code for entry in group] for group in registry.links_for(user, Cohort(state=state)).values()
    ]


def test_a_code_that_is_taken_is_refused() -> None:
    link("laporan")
    with pytest.raises(ImproperlyConfigured, match="laporan"):
        link("laporan")


def test_links_and_panels_are_given_in_order_to_those_who_may(django_user_model: type) -> None:
    link("b", order=2)
    link("a", order=1)
    registry.register_cohort_panel(
        "p",
        order=1,
        template="x.html",
        context=lambda request, cohort: {},
        permission="cohorts.view_cohort",
    )
    boss = django_user_model.objects.create_superuser("boss", password=None)
    assert codes(boss) == [["a", "b"]]
    assert [entry.code for entry in registry.panels_for(boss)] == ["p"]
    assert codes(make_staff()) == []
    assert registry.panels_for(make_staff("lain")) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (CohortState.PLANNED, ["kartu", "kelas", "hasil"]),
        (CohortState.OPEN, ["kartu", "kelas", "hasil"]),
        (CohortState.RUNNING, ["kelas", "kartu", "hasil"]),
        (CohortState.CLOSED, ["hasil", "kartu", "kelas"]),
        (CohortState.ARCHIVED, ["hasil", "kartu", "kelas"]),
    ],
)
def test_the_group_that_the_state_needs_comes_first(
    administrator_user: Any, state: str, expected: list[str]
) -> None:
    link("hasil", group=LinkGroup.AFTER)
    link("kelas", group=LinkGroup.DAY)
    link("kartu", group=LinkGroup.BEFORE)
    assert codes(administrator_user, state) == [[code] for code in expected]


def test_a_link_is_gone_where_the_state_does_not_allow_its_deed(administrator_user: Any) -> None:
    link("tambah", deed=Deed.ENROL)
    assert codes(administrator_user, CohortState.RUNNING) == [["tambah"]]
    assert codes(administrator_user, CohortState.CLOSED) == []


def test_a_link_may_need_more_than_one_permission() -> None:
    link("dua", also=("cohorts.add_cohort",))
    user = make_staff("dua")
    user.user_permissions.add(Permission.objects.get(codename="view_cohort"))
    assert codes(get_user_model().objects.get(pk=user.pk)) == []
    user.user_permissions.add(Permission.objects.get(codename="add_cohort"))
    assert codes(get_user_model().objects.get(pk=user.pk)) == [["dua"]]
