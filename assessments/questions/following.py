"""Where the options of one version of a question are found in another: what a corrected key is applied to."""

from collections import Counter
from collections.abc import Mapping
from typing import Any


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The same JSON with every text that is a key of ``names`` replaced, also as a key of an object."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [renamed(entry, names) for entry in value]
    if isinstance(value, dict):
        return {names.get(key, key): renamed(entry, names) for key, entry in value.items()}
    return value


def followed(
    lineage: tuple[Mapping[str, str], Mapping[str, str]], words: tuple[Mapping[str, str], Mapping[str, str]]
) -> dict[str, str]:
    """New identities of options by their old ones; ``lineage`` and ``words`` are (old, new), by identity.

    An option whose words stand in both versions is where its words are: an author who mends a wrong pair
    exchanges two texts, and people have chosen a text. Else it is the row that it was copied to, unless that
    row now bears the words of another old option. An option that is gone is not there.
    """
    old_words, new_words = _plain(words[0]), _plain(words[1])
    place = {word: option for option, word in new_words.items()}
    known = set(old_words.values())
    row = {name: option for option, name in lineage[1].items()}
    found = {}
    for option, name in lineage[0].items():
        if (word := old_words.get(option)) in place:
            found[option] = place[word]
        elif name in row and new_words.get(row[name]) not in known:
            found[option] = row[name]
    return found


def _plain(words: Mapping[str, str]) -> dict[str, str]:
    """The words that tell an option apart, without what the eye passes over."""
    plain = {option: " ".join(text.split()).casefold() for option, text in words.items()}
    often = Counter(plain.values())
    return {option: word for option, word in plain.items() if word and often[word] == 1}
