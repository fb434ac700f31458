"""What the register of legal bases says against the citations of a lesson.

The one place where the check of the curriculum asks about the law.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from assessments.citations import citations_in
from assessments.legal import problems_of_citations
from courses.models import LessonPage

# Of a revoked rule in the register the page of a lesson tells its reader by itself, and the register opens a
# task for the author; what nobody has read or should read again is the business of its report. Only of what
# the register does not know no page can say anything.
REPORTED = frozenset({"unreadable", "unknown"})


class Citations:
    """What is wrong with the citations of many lessons, asked of the register once."""

    def __init__(self, lessons: Iterable[LessonPage]) -> None:
        cited = dict.fromkeys(citation for lesson in lessons for citation in _cited(lesson))
        self._by_place: dict[str, list[str]] = defaultdict(list)
        for problem in problems_of_citations(cited):
            if problem.code in REPORTED:
                self._by_place[problem.citation].append(problem.text)

    def problems_of(self, lesson: LessonPage) -> list[str]:
        """Each once, in the order of the lesson's citations."""
        places = [place for citation in _cited(lesson) for place in (citation, *_places(citation))]
        return list(dict.fromkeys(text for place in places for text in self._by_place.get(place, ())))


def _places(citation: str) -> Iterator[str]:
    """A citation may name several places; the register speaks of each by itself."""
    return (str(place) for place in citations_in(citation))


def _cited(lesson: LessonPage) -> Iterator[str]:
    """What the lesson relies on: its legal basis and the titles of its boxes with the law."""
    yield from sorted(basis.citation for basis in lesson.legal_bases.all())
    for block in lesson.body.raw_data:
        if block["type"] == "law":
            yield str(block["value"].get("citation", ""))
