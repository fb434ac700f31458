"""Results as plain numbers under the names that other programs print them by.

One ``dict`` an estimator: finite floats, integers, texts and None; beside them ``reasons``, why each None is
one. Nothing here computes, and nothing hides small groups: whoever publishes it suppresses first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from .attrition import Attrition
from .difference import Difference
from .distractors import Distractors
from .effect import EffectSizes
from .guessing import LatentLearning, StandardCorrection
from .individual import Shares
from .items import ItemStatistics
from .normalized import NormalizedGain
from .paired import Distribution, PairedSummary
from .reasons import Reason
from .reliability import Reliability
from .reliable import Direction, ReliableChange
from .transitions import McNemar, Transitions
from .wilcoxon import SignedRanks

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None
Block = dict[str, Json]

R_EXACT_BELOW = 50
"""R prints an exact signed rank p for fewer non-zero differences, if there are neither ties nor zeros."""


def number(value: Fraction | int | float | None) -> float | None:
    """A float, or None."""
    return None if value is None else float(value)


def reasons(**of: Reason | None) -> Block:
    """Only those that there are."""
    return {name: reason.value for name, reason in of.items() if reason is not None}


def plain_distribution(wave: Distribution) -> Block:
    return {"n": wave.n, "mean": wave.mean, "sd": wave.sd, "median": wave.median}


def plain_paired(summary: PairedSummary) -> Block:
    waves = {"pre": summary.pre, "post": summary.post, "diff": summary.gain}
    block: Block = {"n": summary.gain.n}
    for name, wave in waves.items():
        block |= {f"mean_{name}": wave.mean, f"sd_{name}": wave.sd, f"median_{name}": wave.median}
    return block | {
        "n_up": summary.directions.rose,
        "n_same": summary.directions.same,
        "n_down": summary.directions.fell,
        "r": summary.r,
        "t": summary.t,
        "df": summary.degrees,
        "p_t": summary.p_t,
        "ci_lo": summary.interval.low,
        "ci_hi": summary.interval.high,
        "sign_p": summary.sign_p,
        "rtm_slope_diff_on_pre": summary.slope,
    }


def plain_ranks(wilcox: SignedRanks, pratt: SignedRanks) -> Block:
    in_r = not (wilcox.has_ties or wilcox.has_zeros) and wilcox.n_nonzero < R_EXACT_BELOW
    return {
        "wilcoxon_n_nonzero": wilcox.n_nonzero,
        "wilcoxon_Wplus": number(wilcox.w_plus),
        "wilcoxon_Wminus": number(wilcox.w_minus),
        "wilcoxon_has_ties": wilcox.has_ties,
        "wilcoxon_has_zeros": wilcox.has_zeros,
        "wilcoxon_p_exact": wilcox.p_exact if in_r else None,
        "wilcoxon_p_normal_cc": wilcox.p_normal_corrected,
        "wilcoxon_p_normal": wilcox.p_normal,
        "wilcoxon_p_exact_conditional": wilcox.p_exact,
        "pratt_Wplus": number(pratt.w_plus),
        "pratt_Wminus": number(pratt.w_minus),
        "pratt_z": pratt.z,
        "pratt_p": pratt.p_normal,
        "pratt_p_exact_conditional": pratt.p_exact,
        "rank_biserial": wilcox.rank_biserial,
    }


def plain_effects(effects: EffectSizes) -> Block:
    return {
        "d_z": effects.d_z,
        "J_exact": effects.j_exact,
        "J_approx": effects.j_approximate,
        "g_z": effects.g_z,
        "g_z_approx": effects.g_z_approximate,
        "g_z_ci_lo": effects.g_z_interval.low,
        "g_z_ci_hi": effects.g_z_interval.high,
        "d_z_ci_lo": effects.d_z_interval.low,
        "d_z_ci_hi": effects.d_z_interval.high,
        "d_av": effects.d_av,
        "d_av_ci_lo": effects.d_av_interval.low,
        "d_av_ci_hi": effects.d_av_interval.high,
        "g_av": effects.g_av,
        "d_rms": effects.d_rms,
        "d_pre": effects.d_pre,
        "d_rm": effects.d_rm,
    }


def plain_class_gain(group: NormalizedGain) -> Block:
    return {
        "hake_class": group.value,
        "hake_class_se": group.se,
        "hake_class_ci_lo": group.ci_low,
        "hake_class_ci_hi": group.ci_high,
        "hake_class_band": None if group.band is None else group.band.value,
    }


def plain_shares(individual: Shares, change: Shares) -> Block:
    return {
        "hake_ind_n": individual.n,
        "hake_ind_excluded_pre_at_max": individual.left_out,
        "hake_ind_mean": individual.mean,
        "c_n_dropped": change.left_out,
        "c_n": change.n,
        "c_mean": change.mean,
        "c_sd": change.sd,
    }


def plain_attrition(lost: Attrition) -> Block:
    return {
        "n_pre": lost.n_pre,
        "n_post": lost.n_post,
        "n_matched": lost.n_matched,
        "n_lost": lost.n_lost,
        "n_post_only": lost.n_post_only,
        "pre_mean_all": number(lost.pre_mean_all),
        "pre_mean_completers": number(lost.pre_mean_stayed),
        "pre_mean_lost": number(lost.pre_mean_lost),
        "gain_if_lost_gained_none": number(lost.gain_if_none),
        "gain_if_lost_gained_same": number(lost.gain_if_same),
        "many_lost": lost.many_lost,
    }


def plain_ctt(whole: Reliability, items: Sequence[ItemStatistics]) -> Block:
    """Classical test theory of one wave; lists have one number an item."""
    return {
        "n": whole.n,
        "k": whole.k,
        "total_mean": whole.mean,
        "total_sd": whole.sd,
        "alpha": number(whole.alpha),
        "alpha_ci_feldt_lo": whole.interval.low,
        "alpha_ci_feldt_hi": whole.interval.high,
        "sem": whole.sem,
        "facility": [number(item.facility) for item in items],
        "item_sd": [item.sd for item in items],
        "rit": [item.rit for item in items],
        "rir_corrected_point_biserial": [item.rir for item in items],
        "uli27_fractional": [item.uli27 for item in items],
        "uli_thirds": [item.uli_thirds for item in items],
        "alpha_if_deleted": [number(alpha) for alpha in whole.if_deleted],
        "discrimination_index": [item.index for item in items],
        "discriminative_efficiency": [item.efficiency for item in items],
        "covariance": [number(item.covariance) for item in items],
        "covariance_max": [number(item.covariance_max) for item in items],
        "reasons": reasons(alpha=whole.reason),
    }


def plain_transitions(
    counts: Transitions, test: McNemar, standard: StandardCorrection, latent: LatentLearning
) -> Block:
    gain = None if counts.before is None or counts.after is None else counts.after - counts.before
    return {
        "n": counts.n,
        "n00": counts.n00,
        "n01": counts.n01,
        "n10": counts.n10,
        "n11": counts.n11,
        "pre": number(counts.before),
        "post": number(counts.after),
        "gain": number(gain),
        "mcnemar_chi2": test.chi_squared,
        "mcnemar_chi2_cc": test.corrected,
        "mcnemar_p_exact": test.p_exact,
        "lca_gamma": number(latent.gamma),
        "lca_learned": number(latent.learned),
        "lca_boundary": latent.boundary,
        "std_pre": number(standard.before),
        "std_post": number(standard.after),
        "std_learn": number(standard.learned),
    }


def plain_distractors(name: str, item: Distractors) -> Block:
    return {
        "item": name,
        "key": item.key,
        "options": [
            {
                "option": option.letter,
                "n": option.n,
                "prop": number(option.share),
                "pb_rest": option.r_rest,
                "mean_rest": number(option.mean_rest),
            }
            for option in item.options
        ],
        "n_omit": item.omitted,
        "idle": list(item.idle),
        "tempting": list(item.tempting),
    }


def plain_reliable(change: ReliableChange, reliability: Fraction | None) -> Block:
    return {
        "reliability": number(reliability),
        "sem": change.sem,
        "s_diff": change.s_diff,
        "critical_diff": change.critical,
        "n_reliable_up": change.count(Direction.UP) if change.reason is None else None,
        "n_reliable_down": change.count(Direction.DOWN) if change.reason is None else None,
        "n_no_change": change.count(Direction.SAME) if change.reason is None else None,
        "reasons": reasons(reliable_change=change.reason),
    }


def plain_difference(apart: Difference) -> Block:
    return {
        "gain_difference": number(apart.value),
        "df": apart.degrees,
        "ci_lo": apart.interval.low,
        "ci_hi": apart.interval.high,
        "reasons": reasons(interval=apart.interval.reason),
    }
