"""A passage of a report → the figures that it states, slot by slot. `reader.PassageReader` is the way in.

A question names its slots once; a report carries them on from heading to sentence to bracket. So each number is read
from the words before it back to the number before, from the words behind it that belong to it, and from what was spoken
of before. A slot that none of these gives is marked as unsure, never filled in silently.
"""
