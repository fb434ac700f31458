"""Prints figures beside their budgets and remembers which are over."""


class Report:
    """One line a figure; ``over`` names those that are over their budget."""

    def __init__(self) -> None:
        self.over: list[str] = []

    def __call__(self, name: str, value: float, limit: float | None = None, unit: str = "") -> None:
        shown = f"{value:.2f}" if isinstance(value, float) else f"{value}"
        verdict = "" if limit is None else f"   (budget {limit:g}{unit})"
        if limit is not None and value > limit:
            verdict += "   OVER"
            self.over.append(name)
        print(f"{name:<66}{shown}{unit}{verdict}", flush=True)

    def note(self, text: str) -> None:
        print(text, flush=True)
