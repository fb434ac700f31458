"""What other formats have no place for, as tags ``word: value`` that survive a way through Moodle."""

from typing import Any

# The word of a tag, and the field of every question that it stands for.
_PLACE = {
    "topik": "topic",
    "pelajaran": "lesson_code",
    "pasangan soal": "pair",
    "bentuk": "form_letter",
    "tingkat berpikir": "bloom",
    "kesulitan": "difficulty",
    "kestabilan": "stability",
}
# Fields of kinds in the words of bank files.
_OWN = {"jumlah dipilih": "choose", "cara menilai": "scoring", "satuan": "unit", "jenis": "type"}
OUTCOMES, CITATION, POINTS, LEVEL, SHUFFLE = "capaian", "dasar hukum", "poin", "rubrik", "acak"


def write_tags(fields: dict[str, Any], outcomes: list[str], own: dict[str, Any]) -> list[str]:
    """Tags for what ``fields`` (by model field), outcomes and ``own`` (in words of bank files) say."""
    tags = [f"{word}: {fields[name]}" for word, name in _PLACE.items() if fields.get(name)]
    tags += [f"{word}: {own[name]}" for word, name in _OWN.items() if own.get(name)]
    if own.get("shuffle") is False:
        tags.append(f"{SHUFFLE}: tidak")
    if outcomes:
        tags.append(f"{OUTCOMES}: {' '.join(outcomes)}")
    for citation in fields.get("citations") or []:
        status = citation.get("status")
        tags.append(f"{CITATION}: {citation.get('ref', '')}{f' | {status}' if status else ''}")
    return tags


def read_tags(tags: list[str]) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """Fields of place, fields of the kind, and the tags that are somebody's own words."""
    place: dict[str, Any] = {}
    own: dict[str, Any] = {}
    rest: list[str] = []
    for tag in tags:
        word, colon, value = (part.strip() for part in tag.partition(":"))
        known = word.casefold() if colon and value else ""
        if known in _PLACE:
            place[_PLACE[known]] = value
        elif known in _OWN:
            own[_OWN[known]] = int(value) if value.isdecimal() and len(value) < 5 else value
        elif known == OUTCOMES:
            place["outcomes"] = value.split()
        elif known == CITATION:
            ref, _bar, status = (part.strip() for part in value.partition("|"))
            place.setdefault("citations", []).append({"ref": ref, "status": status})
        elif known == SHUFFLE:
            own["shuffle"] = value != "tidak"
        elif known == LEVEL:
            own.setdefault("rubric", []).append(value)
        elif known == POINTS and value.isdecimal() and len(value) < 5:
            place["points"] = int(value)
        else:
            rest.append(tag)
    return place, own, rest
