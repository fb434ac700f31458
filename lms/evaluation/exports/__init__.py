"""What may be taken out of the house: matched pairs of a training, and reports of files."""

from lms.evaluation.exports.pairs import EXPORT_ACTION, export_pairs, pairs_csv

__all__ = ["EXPORT_ACTION", "export_pairs", "pairs_csv"]
