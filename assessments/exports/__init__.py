"""Questions as files: our workbook, which carries everything, and formats of other systems."""

from assessments.exports.files import FORMATS, ExportFile, Left, export_questions
from assessments.exports.template import template_workbook

__all__ = ["FORMATS", "ExportFile", "Left", "export_questions", "template_workbook"]
