"""Comparisons with published data, some of which may not travel with the program.

``python -m tests.acceptance FOLDER``
"""
