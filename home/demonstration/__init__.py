"""A demonstration: Loonuna's training of 2018 and one of today, with simulated people and answers.

Everything here is marked ``is_simulated``; every page and export that shows it says so.
"""
