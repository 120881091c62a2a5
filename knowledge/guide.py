"""The guided eligibility check: five steps, one answer each, then a verdict. A pure state machine, no chat in it.

`Guide.handle(text, state)` is all that a chat needs: it starts, goes on, goes back and leaves. A state is small, plain and
stored as JSON. What is typed is always the answer of the step at hand; what cannot be read leaves the state as it was.
"""

from __future__ import annotations
