"""Writes sums into their rows, and only those that are different."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import Model

from lms.evaluation.models import ItemSums, OrderSums, OutcomeSums, Rollup
from lms.evaluation.stats.cohort_sums import CohortSums, Measured

COUNTS = ("pre_n", "post_n", "matched_n", "same_form", "lost_n", "lost_points", "changed", "not_all")
Key = tuple[Any, ...]
Rows = Mapping[Key, Mapping[str, int]]


def write_sums(rollup: Rollup, sums: CohortSums, counts: Mapping[str, Any]) -> bool:
    """Let the rows of a training, whose roll-up is held, say what ``sums`` says; whether anything changed."""
    had_any = bool(rollup.matched_n) or rollup.is_stale
    wanted = {**{name: getattr(sums, name) for name in COUNTS}, **counts}
    changed = any(getattr(rollup, name) != value for name, value in wanted.items())
    if changed:
        for name, value in wanted.items():
            setattr(rollup, name, value)
        rollup.save(update_fields=[*wanted, "updated_at"])
    if not had_any and not sums.matched_n:
        return changed
    orders = {(order,): _fields(one) for order, one in sums.orders.items()}
    outcomes = {key: _fields(one) for key, one in sums.outcomes.items()}
    items = {key: asdict(one) for key, one in sums.items.items()}
    written = [
        _write(OrderSums, rollup, ("order",), orders),
        _write(OutcomeSums, rollup, ("order", "outcome_id"), outcomes),
        _write(ItemSums, rollup, ("order", "question_pre_id", "question_post_id"), items),
    ]
    return changed or any(written)


def rows_of(model: type[Model], rollup: Rollup, key: tuple[str, ...]) -> dict[Key, dict[str, int]]:
    """The stored sums of a training by their key."""
    return {tuple(row[name] for name in key): row for row in _stored(model, rollup, key)}


def _fields(one: Measured) -> dict[str, int]:
    known = asdict(one)
    return {**known.pop("sums"), **known}


def _stored(model: type[Model], rollup: Rollup, key: tuple[str, ...]) -> Any:
    return model._default_manager.filter(rollup=rollup).values(*key, *_names(model, key))


def _names(model: type[Model], key: tuple[str, ...]) -> list[str]:
    left_out = {"id", "rollup_id", *key}
    return [field.attname for field in model._meta.concrete_fields if field.attname not in left_out]


def _write(model: type[Model], rollup: Rollup, key: tuple[str, ...], wanted: Rows) -> bool:
    names = _names(model, key)
    stored = {
        place: {name: row[name] for name in names} for place, row in rows_of(model, rollup, key).items()
    }
    differ = [(place, row) for place, row in wanted.items() if stored.get(place) != row]
    gone = [place for place in stored if place not in wanted]
    if differ:
        model._default_manager.bulk_create(
            [model(rollup=rollup, **dict(zip(key, place, strict=True)), **row) for place, row in differ],
            update_conflicts=True,
            unique_fields=["rollup", *(name.removesuffix("_id") for name in key)],
            update_fields=names,
            batch_size=400,
        )
    for place in gone:
        model._default_manager.filter(rollup=rollup, **dict(zip(key, place, strict=True))).delete()
    return bool(differ or gone)
