"""What an experienced author would say about a lesson, while it is written and when all are looked at.

The editor asks ``check_draft`` and ``size_of``; ``manage.py load_curriculum --check`` tells what
``check_curriculum`` finds on the site: files and what people changed alike. Nothing here changes anything.
"""

from courses.checker.curriculum import Problem, check_curriculum
from courses.checker.findings import Finding, Severity, has_errors, worst_first
from courses.checker.headings import check_headings
from courses.checker.lesson import Draft, check_draft
from courses.checker.passages import Passage, passages
from courses.checker.sizes import WORDS_A_MINUTE, Size, size_of
from courses.checker.stale import StaleYear, stale_years
from courses.checker.words import MOST_WORDS

__all__ = [
    "MOST_WORDS",
    "WORDS_A_MINUTE",
    "Draft",
    "Finding",
    "Passage",
    "Problem",
    "Severity",
    "Size",
    "StaleYear",
    "check_curriculum",
    "check_draft",
    "check_headings",
    "has_errors",
    "passages",
    "size_of",
    "stale_years",
    "worst_first",
]
