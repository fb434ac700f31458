"""What is written about evaluation: roll-ups, which are derived and can be made anew."""

from lms.evaluation.domain.rollups import (
    make_rollup,
    rebuild_rollup,
    rebuild_stale,
    refresh_rollups,
)

__all__ = ["make_rollup", "rebuild_rollup", "rebuild_stale", "refresh_rollups"]
