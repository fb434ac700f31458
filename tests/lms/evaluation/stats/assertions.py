"""What must hold for every result, whatever the data."""

import dataclasses
import math


def assert_only_finite_numbers(result) -> None:
    for field in dataclasses.fields(result):
        value = getattr(result, field.name)
        assert not isinstance(value, float) or math.isfinite(value), f"{field.name} is {value}"


def assert_interval_or_reason(result, centre: float | None) -> None:
    if result.reason is None:
        assert result.ci_low <= centre <= result.ci_high
        assert result.ci_low < result.ci_high
    else:
        assert (result.ci_low, result.ci_high) == (None, None)
