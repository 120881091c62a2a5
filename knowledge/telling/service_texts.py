"""What is said about the running of the bot itself: to those who ask, and to the owners who keep it running."""

from __future__ import annotations

from knowledge.telling.sentences import Sentences

service_text = Sentences("service").plain
