"""What a training achieved, in numbers. Standard library and SciPy only: knows no Django and no table.

Scores come in as integer points and every sum is exact (Python ints and fractions); rounding to a float
happens once, at the end. Data that cannot answer a question give ``None`` and a ``Reason``, never an
exception, NaN or infinity. Nothing here hides small groups: see ``disclosure``.
"""
