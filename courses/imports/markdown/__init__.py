"""The small part of Markdown that lessons and guides are written in, read into StreamField data.

What is allowed is told in ``courses/curriculum/README.md``; everything else is refused with its line, so
that a slip is found when the file is loaded and not by a participant.
"""

from courses.imports.markdown.drafts import NAMESPACE, RawBlock
from courses.imports.markdown.guides import guide_blocks
from courses.imports.markdown.lessons import lesson_blocks
from courses.imports.markdown.text import MalformedTextError, rich_text

__all__ = ["NAMESPACE", "MalformedTextError", "RawBlock", "guide_blocks", "lesson_blocks", "rich_text"]
