"""Everything that can be said about a frame, under the names that other programs print it by.

For a spreadsheet, a machine-readable report, and comparisons with R. Shapes follow the frame: a single wave
gives its distribution, two waves ``paired``, a third also ``retention``; items add ``ctt`` and ``items``,
letters ``distractors``. Nothing here hides small groups: see ``disclosure`` and ``suppression``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from .attrition import attrition
from .difference import difference_of_gains
from .distractors import distractors
from .effect import effect_sizes
from .exact import common_scale, in_units
from .flags import item_flags
from .frames import FOLLOWUP, POST, PRE, Choices, ItemScores, Matched, Scores
from .guessing import latent_learning, standard_correction
from .individual import individual_gain, normalized_change
from .items import ItemStatistics, item_statistics
from .normalized import NormalizedGain, normalized_gain
from .paired import Distribution, paired_summary
from .plain import (
    Block,
    Json,
    number,
    plain_attrition,
    plain_class_gain,
    plain_ctt,
    plain_difference,
    plain_distractors,
    plain_distribution,
    plain_effects,
    plain_paired,
    plain_ranks,
    plain_reliable,
    plain_shares,
    plain_transitions,
    reasons,
)
from .reasons import Reason
from .reliability import reliability
from .reliable import reliable_change
from .retention import retention
from .transitions import Transitions, benjamini_hochberg, holm, mcnemar
from .wilcoxon import signed_ranks

FOUR_OPTIONS = Fraction(1, 4)


def analyse_scores(scores: Scores, *, reliability: Fraction | None = None) -> Block:
    """``paired``, who is lost, ``retention_…`` and ``by_group`` of total points; one wave: its distribution.

    ``reliability`` (0 to 1, of the test, from elsewhere) adds ``reliable_change``.
    """
    held = [wave for wave in scores.waves if any(score is not None for score in scores.waves[wave])]
    if len(held) == 1:
        block = plain_distribution(Distribution.of(scores.took(held[0])))
    else:
        block = _waves(scores, reliability)
    groups = scores.by_group()
    if groups:
        block["by_group"] = {label: _group(of, held) for label, of in groups.items()}
    if len(groups) == 2 and len(held) > 1:
        first, second = (of.matched().gains for of in groups.values())
        block["difference"] = plain_difference(difference_of_gains(first, second))
    return block


def _waves(scores: Scores, reliability: Fraction | None) -> Block:
    block = plain_attrition(attrition(scores))
    block["max_points"] = number(scores.max_points)
    block["paired"] = paired_block(scores.matched(), scores.max_points)
    if scores.took(FOLLOWUP):
        block |= _retention(scores)
    if reliability is not None:
        block["reliable_change"] = reliable_block(scores.matched(), reliability)
    return block


def _group(scores: Scores, held: Sequence[str]) -> Block:
    if len(held) == 1:
        return plain_distribution(Distribution.of(scores.took(held[0])))
    return paired_block(scores.matched(), scores.max_points)


def paired_block(matched: Matched, max_points: Fraction | None) -> Block:
    """All that is said of the same people at two waves, whichever two."""
    pre, post, gains = matched.pre, matched.post, matched.gains
    summary, effects = paired_summary(pre, post), effect_sizes(pre, post)
    ranks = signed_ranks(gains, pratt=False)
    group = _class_gain(matched, max_points)
    individual, change = individual_gain(pre, post, max_points), normalized_change(pre, post, max_points)
    return {
        **plain_paired(summary),
        **plain_ranks(ranks, signed_ranks(gains)),
        **plain_effects(effects),
        "max_score": number(max_points),
        **plain_class_gain(group),
        **plain_shares(individual, change),
        "reasons": reasons(
            t=summary.reason,
            wilcoxon=ranks.reason,
            d_z=effects.reason,
            hake_class=group.reason,
            hake_ind=individual.reason,
            c=change.reason,
        ),
    }


def _class_gain(matched: Matched, max_points: Fraction | None) -> NormalizedGain:
    if max_points is None:
        return NormalizedGain(len(matched), None, None, None, None, None, False, 0, Reason.NO_MAXIMUM)
    scale = common_scale([*matched.pre, *matched.post, max_points])
    pre, post = in_units(matched.pre, scale), in_units(matched.post, scale)
    return normalized_gain(pre, post, in_units([max_points], scale)[0])


def _retention(scores: Scores) -> Block:
    kept, all_three = retention(scores), scores.complete(PRE, POST, FOLLOWUP)
    return {
        "retention_pre_post2": paired_block(all_three.matched(PRE, FOLLOWUP), scores.max_points),
        "retention_post_post2": paired_block(all_three.matched(POST, FOLLOWUP), scores.max_points),
        "retention": {
            "n": kept.n,
            "share": number(kept.share),
            "reasons": reasons(retention=kept.reason),
        },
    }


def reliable_block(matched: Matched, reliability: Fraction | None) -> Block:
    """How many changed by more than the test's error."""
    return plain_reliable(reliable_change(matched.pre, matched.post, reliability), reliability)


def analyse_items(items: ItemScores, *, chance: Fraction | Sequence[Fraction] = FOUR_OPTIONS) -> Block:
    """As ``analyse_scores`` of the totals, with ``ctt`` a wave and, for two waves, ``items``.

    A question left out counts as wrong. ``chance`` (1/options, for all items or one each) is what guessing
    would get; it is printed, because the corrected shares hang on it. ``reliable_change`` uses alpha of the
    test after: before, when everybody guesses, alpha is low for want of knowledge.
    """
    held = [wave for wave in items.waves if items.took(wave)]
    block: Block = {"items_order": list(items.items), "missing_as": "wrong", **analyse_scores(items.totals())}
    statistics: dict[str, list[ItemStatistics]] = {}
    for wave in held:
        rows = items.took(wave)
        whole, statistics[wave] = reliability(rows), item_statistics(rows, items.maxima)
        block["ctt" if len(held) == 1 else f"ctt_{wave}"] = plain_ctt(whole, statistics[wave])
        if wave == POST and PRE in held:
            block["reliable_change"] = reliable_block(items.totals().matched(), whole.alpha)
    if PRE in held and POST in held:
        chances = [chance] * len(items.items) if isinstance(chance, Fraction) else list(chance)
        block["items"] = _items(items, chances, statistics[POST])
    return block


def _items(items: ItemScores, chances: Sequence[Fraction], after: Sequence[ItemStatistics]) -> Sequence[Json]:
    counts = transitions_of(items)
    tests = [mcnemar(of) for of in counts]
    p_values = [test.p_exact for test in tests]
    adjusted = zip(holm(p_values), benjamini_hochberg(p_values), strict=True)
    rows = zip(items.items, counts, tests, chances, after, adjusted, strict=True)
    return [
        {
            "item": name,
            **plain_transitions(of, test, standard_correction(of, chance), latent_learning(of)),
            "p_holm": by_holm,
            "p_bh": by_bh,
            "chance": number(chance),
            "flags": [flag.value for flag in item_flags(of, rir=statistics.rir, chance=chance)],
        }
        for name, of, test, chance, statistics, (by_holm, by_bh) in rows
    ]


def transitions_of(items: ItemScores, first: str = PRE, second: str = POST) -> list[Transitions]:
    """One an item, of those who took both waves; right means full points."""
    before, after = items.matched(first, second)
    return [
        Transitions.of(
            (left[place] == most, right[place] == most) for left, right in zip(before, after, strict=True)
        )
        for place, most in enumerate(items.maxima)
    ]


def analyse_choices(choices: Choices, *, letters: Sequence[str] = ()) -> Block:
    """As ``analyse_items`` of the scored letters, with ``distractors`` a wave.

    ``letters``: all options offered; without them, the options of an item are those that somebody chose in
    any wave, and its key. Guessing gets 1/options.
    """
    offered = _offered(choices, letters)
    chance = [Fraction(1, max(2, len(of))) for of in offered]
    block = analyse_items(choices.scored(), chance=chance)
    held = [wave for wave in choices.waves if choices.took(wave)]
    for wave in held:
        results = distractors(choices.took(wave), choices.key, letters)
        block["distractors" if len(held) == 1 else f"distractors_{wave}"] = [
            plain_distractors(name, item) for name, item in zip(choices.items, results, strict=True)
        ]
    return block


def _offered(choices: Choices, letters: Sequence[str]) -> list[set[str]]:
    rows = [row for wave in choices.waves for row in choices.took(wave)]
    seen: Mapping[int, set[str]] = {place: {good, *letters} for place, good in enumerate(choices.key)}
    for row in rows:
        for place, letter in enumerate(row):
            if letter is not None:
                seen[place].add(letter)
    return list(seen.values())
