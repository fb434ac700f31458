"""Integer sums that tell everything about the gain, and merge by addition (EVALUATION §0.5 and §5).

Kept per training and test, added over trainings and years: a national page costs as many additions as there
are trainings, and no digit is lost on the way. All estimators of a gain here go through them, so that what is
computed from people and what is computed from their sums are the same number.

Sums may not leak small groups: suppress on reading.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from fractions import Fraction

from .exact import Moments
from .pairs import Directions, Pairs
from .strata import Sums


@dataclass(frozen=True, slots=True)
class PairSums:
    """Of ``n`` matched people, integer points before and after: sums, sums of squares and of products.

    ``rose``, ``same`` and ``fell`` count people; ``steep`` those who lost more than they could have gained.
    ``+`` adds groups of other people who took the same test; ``PairSums()`` is nobody.
    """

    n: int = 0
    pre: int = 0
    post: int = 0
    pre_squared: int = 0
    post_squared: int = 0
    cross: int = 0
    rose: int = 0
    same: int = 0
    fell: int = 0
    steep: int = 0

    @classmethod
    def of(cls, pairs: Pairs, max_points: int) -> PairSums:
        """From people; ``max_points`` only for ``steep``."""
        moments, directions = Moments.of(pairs.pre, pairs.post), Directions.of(pairs.gains)
        return cls(
            n=moments.n,
            pre=moments.x,
            post=moments.y,
            pre_squared=moments.xx,
            post_squared=moments.yy,
            cross=moments.xy,
            rose=directions.rose,
            same=directions.same,
            fell=directions.fell,
            steep=sum(
                -gain > max_points - before for gain, before in zip(pairs.gains, pairs.pre, strict=True)
            ),
        )

    def __add__(self, other: PairSums) -> PairSums:
        return PairSums(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def before(self) -> Sums:
        return Sums(self.n, self.pre, self.pre_squared)

    @property
    def after(self) -> Sums:
        return Sums(self.n, self.post, self.post_squared)

    @property
    def gains(self) -> Sums:
        """Of post - pre."""
        return self.combined(post=1, pre=-1)

    @property
    def directions(self) -> Directions:
        return Directions(self.rose, self.same, self.fell)

    @property
    def correlation(self) -> float | None:
        """Of before and after; None where either does not vary."""
        return Moments(
            self.n, self.pre, self.post, self.pre_squared, self.post_squared, self.cross
        ).correlation

    def combined(self, *, post: int, pre: int) -> Sums:
        """Of ``post`` times the points after plus ``pre`` times the points before, person by person."""
        return Sums(
            self.n,
            post * self.post + pre * self.pre,
            post**2 * self.post_squared + 2 * post * pre * self.cross + pre**2 * self.pre_squared,
        )


@dataclass(frozen=True, slots=True)
class ItemSums:
    """Of one item and the total it is part of: ``n`` people of one wave, integer points.

    ``points``, ``squared``: the item's; ``total``, ``total_squared``: the totals'; ``cross``: item times
    total. ``+`` adds other people who took the same test.
    """

    n: int = 0
    points: int = 0
    squared: int = 0
    total: int = 0
    total_squared: int = 0
    cross: int = 0

    def __add__(self, other: ItemSums) -> ItemSums:
        return ItemSums(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def with_total(self) -> Moments:
        return Moments(self.n, self.points, self.total, self.squared, self.total_squared, self.cross)

    @property
    def with_rest(self) -> Moments:
        """Of the item and the total without it."""
        return Moments(
            n=self.n,
            x=self.points,
            y=self.total - self.points,
            xx=self.squared,
            yy=self.total_squared - 2 * self.cross + self.squared,
            xy=self.cross - self.squared,
        )

    @property
    def rir(self) -> float | None:
        """Corrected item-rest correlation (EVALUATION §1.9); None where item or rest does not vary."""
        return self.with_rest.correlation

    def facility(self, max_points: int) -> Fraction | None:
        """Mean points over the maximum, 0 to 1; None for nobody."""
        return Fraction(self.points, self.n * max_points) if self.n else None
