"""One spelling for each hamlet: that of the people who are known, else the one that the list has most."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext as _

from lms.people.names import hamlet_key, hamlet_name, same_hamlet

_Key = tuple[str, str]


class Hamlets:
    """The hamlets of each village. ``known`` and ``written`` are pairs of village and hamlet."""

    def __init__(self, known: Iterable[tuple[Any, str]], written: Iterable[tuple[Any, str]]) -> None:
        self._names: dict[Any, dict[_Key, str]] = defaultdict(dict)
        self._take(Counter((village, name) for village, name in known if name))
        self._known = {village: dict(names) for village, names in self._names.items()}
        self._take(Counter((village, hamlet_name(name)) for village, name in written if name))
        self._near: dict[tuple[Any, _Key], str] = {}

    def _take(self, counted: Counter[tuple[Any, str]]) -> None:
        """The most frequent hamlet first, each by its most frequent spelling."""
        totals: Counter[tuple[Any, _Key]] = Counter()
        for (village, name), number in counted.items():
            totals[village, hamlet_key(name)] += number
        spellings = counted.most_common()
        spellings.sort(key=lambda one: totals[one[0][0], hamlet_key(one[0][1])], reverse=True)
        for (village, name), _number in spellings:
            self._names[village].setdefault(hamlet_key(name), name)

    def name(self, village: Any, written: str) -> str:
        """The one spelling of a hamlet."""
        return self._names[village].get(hamlet_key(written), written) if written else ""

    def remark(self, village: Any, written: str) -> str:
        """What to tell about a spelling: it is written in another way, or it is nearly another one."""
        name = self.name(village, written)
        near = self._nearly_another(village, name) if name else ""
        if near:
            text = _("Hamlet “%(written)s”: is it “%(near)s”? Then write it so in the file.")
            return text % {"written": written, "near": near}
        if name != written:
            return _("Hamlet “%(written)s” is kept as “%(name)s”.") % {"written": written, "name": name}
        return ""

    def _nearly_another(self, village: Any, name: str) -> str:
        """A known hamlet, else one that the list has more often, of which this may be a slip of the pen."""
        key = (village, hamlet_key(name))
        if key not in self._near:
            names = {} if key[1] in self._known.get(village, {}) else self._names[village]
            # Known ones come first, then those of the list, the most frequent first.
            before = takewhile(lambda other: other != key[1], names)
            self._near[key] = next((names[each] for each in before if same_hamlet(name, names[each])), "")
        return self._near[key]
