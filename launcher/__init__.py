"""The two commands, ``./run`` and ``./test``: set up, then serve or test. Standard library only."""
