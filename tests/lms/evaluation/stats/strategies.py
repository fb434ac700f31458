"""Integer scores as Hypothesis draws them: from nobody to a full hall, with sums that break floats."""

from hypothesis import strategies as st

from lms.evaluation.stats.pairs import Pairs

# Far beyond any test: the exactness of the sums must not depend on modest numbers.
POINTS = st.integers(-(10**9), 10**9)
SMALL_POINTS = st.integers(0, 14)
MAX_POINTS = st.integers(1, 10**9)


def pairs(
    points: st.SearchStrategy[int] = POINTS, min_size: int = 0, max_size: int = 60
) -> st.SearchStrategy[Pairs]:
    rows = st.lists(st.tuples(points, points), min_size=min_size, max_size=max_size)
    return rows.map(lambda people: Pairs.of([pre for pre, _ in people], [post for _, post in people]))


ANY_PAIRS = pairs(POINTS | SMALL_POINTS)
SCORES = pairs(SMALL_POINTS)
MANY_SCORES = pairs(SMALL_POINTS, min_size=2, max_size=30)


def moved(people: Pairs, *, pre: int = 0, post: int = 0) -> Pairs:
    """The same people with a constant added to every score of a test."""
    return Pairs.of([points + pre for points in people.pre], [points + post for points in people.post])


def scaled(people: Pairs, factor: int) -> Pairs:
    return Pairs.of([points * factor for points in people.pre], [points * factor for points in people.post])


def shuffled(people: Pairs, random) -> Pairs:
    order = list(range(len(people)))
    random.shuffle(order)
    return Pairs.of([people.pre[i] for i in order], [people.post[i] for i in order])


MATRICES = st.integers(2, 5).flatmap(
    lambda items: st.lists(
        st.lists(st.integers(0, 2), min_size=items, max_size=items), min_size=2, max_size=12
    )
)
"""Two people or more, two items or more, 0 to 2 points each."""


def mixed_rows(rows, random):
    return random.sample(rows, len(rows))
