"""SQLite through sqlite-utils: every SQL string of the project is here."""

import sys

if "numpy" not in sys.modules:
    # sqlite-utils loads numpy wherever it finds it, for column types that nothing here has: a third of a bot's start
    # and of its memory. Where pictures are drawn it is loaded as ever.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    import sqlite_utils  # noqa: F401

    del sys.modules["numpy"]
