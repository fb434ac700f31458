"""The papers of this app: what each says, and how that becomes a PDF, a DOCX or a workbook."""
