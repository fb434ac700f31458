"""What apps above may add to the page of a training."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms.cohorts import registry
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_panels", "_links", "_locks"):
        monkeypatch.setattr(registry, name, {})


def link(code: str, *, permission: str = "cohorts.view_cohort", order: int = 100) -> None:
    registry.register_cohort_link(
        code, label=code, url=lambda cohort: "/", permission=permission, order=order
    )


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
    assert [entry.code for entry in registry.links_for(boss)] == ["a", "b"]
    assert [entry.code for entry in registry.panels_for(boss)] == ["p"]
    assert registry.links_for(make_staff()) == []
    assert registry.panels_for(make_staff("lain")) == []
