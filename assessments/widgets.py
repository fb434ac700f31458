"""How authors tick provisions of the register: under their regulation, each regulation folded."""

from collections.abc import Iterable
from typing import Any

from django.forms import CheckboxSelectMultiple
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessments.citations import parse_citation


class LegalBasesInput(CheckboxSelectMultiple):
    """Needs no script: what is ticked stands open, everything else one click away."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(each) for each in (value or ())}
        groups: dict[str, list[dict[str, Any]]] = {}
        for number, (key, citation) in enumerate(self._options()):
            place = parse_citation(citation)
            option = {"value": key, "label": citation, "id": f"id_{name}_{number}", "ticked": key in chosen}
            groups.setdefault(str(place.rule) if place else citation, []).append(option)
        context = {
            "name": name,
            "groups": [
                {"rule": rule, "options": options, "ticked": sum(each["ticked"] for each in options)}
                for rule, options in sorted(groups.items(), key=lambda group: _order(group[0]))
            ],
        }
        return render_to_string("assessments/widgets/legal_bases.html", context)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return ""

    def _options(self) -> Iterable[tuple[str, str]]:
        for value, label in self.choices:
            if str(value):
                yield str(value), str(label)


def _order(rule: str) -> tuple[int, str]:
    """Laws first, then government regulations."""
    kind = rule.partition(" ")[0]
    return ({"UU": 0, "PP": 1}.get(kind, 2), rule)
