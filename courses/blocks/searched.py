"""Which parts of a lesson the search reads. A kind of block that nobody has decided on is not read."""

from typing import Any

# What every reader of the lesson sees.
READ = frozenset(
    {
        "accordion",
        "audio",
        "case",
        "checklist",
        "diagram",
        "discuss",
        "document",
        "example",
        "heading",
        "law",
        "note",
        "paragraph",
        "picture",
        "quotation",
        "reflection",
        "remember",
        "steps",
        "table",
        "video",
    }
)
# Keys of questions, words for facilitators; terms are found in the glossary itself.
NOT_READ = frozenset({"facilitator", "practice", "terms"})


def reading_pieces(body: Any) -> list[str]:
    """The texts of a body in reading order, a box at a time."""
    pieces = []
    for block in body or ():
        if block.block_type in READ:
            texts = block.block.get_searchable_content(block.value)
            # Cells of a table are no sentence: in an excerpt they would run together.
            between = " · " if block.block_type == "table" else " "
            pieces.append(between.join(str(text) for text in texts if text))
    return pieces
