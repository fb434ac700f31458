"""Whether a result says what was expected, number by number."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

RELATIVE = 1e-9
NONCENTRAL_T = 1e-6
ROUNDING = 1e-15
"""Where the expected number is 0 and a float cannot be."""


def differences(expected: Any, result: Any, path: str = "", *, relative: float = RELATIVE) -> Iterator[str]:
    """A line for every number that differs or is missing; what the result says beyond it is ignored."""
    if isinstance(expected, Mapping):
        yield from _of_names(expected, result, path, relative)
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        if not isinstance(result, Sequence) or len(result) != len(expected):
            yield f"{path}: {len(expected)} expected, got {result!r}"
            return
        for place, (one, other) in enumerate(zip(expected, result, strict=True)):
            yield from differences(one, other, f"{path}[{place}]", relative=relative)
    elif not _agree(expected, result, relative):
        yield f"{path}: {expected!r} expected, got {result!r}"


def _of_names(expected: Mapping[str, Any], result: Any, path: str, relative: float) -> Iterator[str]:
    for name, value in expected.items():
        if not isinstance(result, Mapping) or name not in result:
            yield f"{path}.{name}: missing"
            continue
        tolerance = NONCENTRAL_T if name.startswith("d_z_ci") else relative
        yield from differences(value, result[name], f"{path}.{name}", relative=tolerance)


def numbers_in(value: Any) -> int:
    """How many numbers, texts and nulls are compared."""
    if isinstance(value, Mapping):
        return sum(map(numbers_in, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sum(map(numbers_in, value))
    return 1


def _agree(expected: Any, result: Any, relative: float) -> bool:
    if isinstance(expected, bool) or not isinstance(expected, int | float):
        return bool(expected == result) and type(expected) is type(result)
    if isinstance(result, bool) or not isinstance(result, int | float):
        return False
    return math.isclose(expected, result, rel_tol=relative, abs_tol=ROUNDING)
