"""Executors: one for each frame, what would be told if its frame is the one that is meant."""
