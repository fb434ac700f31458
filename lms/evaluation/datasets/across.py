"""Trainings with their sums, from roll-ups only: two queries for any number of trainings and people."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lms.cohorts.models import Cohort
from lms.evaluation.models import OrderSums
from lms.evaluation.stats.pooling import Part
from lms.evaluation.stats.sums import PairSums
from lms.people.models import Village

_SUMS = tuple(PairSums.__dataclass_fields__)
_FIELDS = (
    *("pk", "code", "title", "starts_on", "ends_on", "is_simulated", "programme_id", "programme__title"),
    *("village_id", "village__name", "village__regency", "village__province", "assessment_id"),
    *("rollup__is_stale", "rollup__is_simulated", "rollup__elements", "rollup__pre_n"),
)


@dataclass(frozen=True, slots=True)
class Training:
    """A training, where and when it was, whom it reached, and the sums of its matched people."""

    code: str
    title: str
    starts_on: date
    ends_on: date
    is_simulated: bool
    is_counted: bool
    programme: tuple[str, str]
    village: tuple[str, str]
    regency: str
    province: str
    elements: Mapping[str, int]
    has_tests: bool
    part: Part

    @property
    def year(self) -> str:
        return str(self.starts_on.year)


@dataclass(frozen=True, slots=True)
class Place:
    """A village of the register, whether or not a training was held there."""

    key: str
    name: str
    regency: str
    province: str


def trainings_with_sums(cohorts: QuerySet[Cohort]) -> list[Training]:
    """By first day. ``cohorts`` are those that the reader may see."""
    rows = list(cohorts.order_by("starts_on", "code").values_list(*_FIELDS))
    sums = _sums(cohorts)
    return [_training(dict(zip(_FIELDS, row, strict=True)), sums) for row in rows]


def places() -> list[Place]:
    """All villages, by province, regency and name. One query."""
    rows = Village.objects.order_by("province", "regency", "name", "pk")
    return [
        Place(str(key), name, regency, province)
        for key, name, regency, province in rows.values_list("pk", "name", "regency", "province")
    ]


Worth = tuple[int, int]


def _sums(cohorts: QuerySet[Cohort]) -> dict[UUID, dict[str, tuple[PairSums, Worth]]]:
    rows = OrderSums.objects.filter(rollup__in=cohorts.order_by().values("pk"))
    found: dict[UUID, dict[str, tuple[PairSums, Worth]]] = defaultdict(dict)
    for key, order, before, after, *sums in rows.values_list(
        "rollup_id", "order", "max_pre", "max_post", *_SUMS
    ):
        found[key][order] = PairSums(*sums), (before, after)
    return found


def _training(row: dict[str, Any], sums: Mapping[UUID, Mapping[str, tuple[PairSums, Worth]]]) -> Training:
    groups = sums.get(row["pk"], {})
    worths = {points for _sums_of_order, worth in groups.values() for points in worth}
    return Training(
        code=row["code"],
        title=row["title"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        is_simulated=bool(row["is_simulated"] or row["rollup__is_simulated"]),
        is_counted=row["rollup__is_stale"] is False,
        programme=(str(row["programme_id"] or ""), row["programme__title"] or ""),
        village=(str(row["village_id"]), row["village__name"]),
        regency=row["village__regency"],
        province=row["village__province"],
        elements=row["rollup__elements"] or {},
        has_tests=bool(row["rollup__pre_n"]),
        part=Part(
            test=row["assessment_id"],
            max_points=worths.pop() if len(worths) == 1 else None,
            groups={order: one for order, (one, _worth) in groups.items()},
        ),
    )
