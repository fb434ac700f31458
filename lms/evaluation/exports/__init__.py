"""What may be taken out of the house: results of a training as files, and reports of files."""

from lms.evaluation.exports.activity import export_activity_docx, export_activity_pdf
from lms.evaluation.exports.files import EXPORT_FILE_ACTION, export_json, export_workbook
from lms.evaluation.exports.pairs import EXPORT_ACTION, export_pairs, pairs_csv
from lms.evaluation.exports.research import export_research

__all__ = [
    "EXPORT_ACTION",
    "EXPORT_FILE_ACTION",
    "export_activity_docx",
    "export_activity_pdf",
    "export_json",
    "export_pairs",
    "export_research",
    "export_workbook",
    "pairs_csv",
]
