"""A chat: what it remembers, what a message does in it, and how a message that leans on it is completed."""

from knowledge.dialogue.merging import SHORT, leans_on, merge, says_a_difference, slots_of
from knowledge.dialogue.state import Context

__all__ = ["SHORT", "Context", "leans_on", "merge", "says_a_difference", "slots_of"]
