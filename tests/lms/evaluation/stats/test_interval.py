import subprocess
import sys
from fractions import Fraction

import pytest

from lms.evaluation.stats.interval import Interval, critical_t, t_interval
from lms.evaluation.stats.reasons import Reason


@pytest.mark.parametrize(
    ("degrees", "printed"),
    [(1, 12.706), (2, 4.303), (4, 2.776), (9, 2.262), (22, 2.074), (30, 2.042), (120, 1.980), (10**6, 1.960)],
)
def test_critical_values_are_those_of_the_printed_tables(degrees, printed):
    assert critical_t(degrees) == pytest.approx(printed, abs=5e-4)


def test_no_degree_of_freedom_is_too_few():
    assert t_interval(Fraction(3), None, 0) == Interval(None, None, Reason.TOO_FEW)


def test_no_spread_gives_no_interval_instead_of_one_of_width_zero():
    assert t_interval(Fraction(3), Fraction(0), 5) == Interval(None, None, Reason.NO_SPREAD)


def test_scipy_is_loaded_only_when_an_interval_is_asked_for():
    program = (
        "import sys, lms.evaluation.stats.gain, lms.evaluation.stats.counterbalanced,"
        " lms.evaluation.stats.normalized; sys.exit('scipy' in sys.modules or 'django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
