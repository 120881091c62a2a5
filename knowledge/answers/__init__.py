"""Executors: what each kind of question is answered with, as facts."""
