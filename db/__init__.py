"""SQLite through sqlite-utils. Every SQL string of the project is in this package."""
