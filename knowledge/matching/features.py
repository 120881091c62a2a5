"""What speaks for and against a candidate, as named numbers. The weights are in `weights.json`; nothing here decides."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from knowledge.matching.likeness import Likely
from knowledge.reading.question import Question
from knowledge.records import Answer

FLOOR = 0.002
"""A frame is never less likely than this: the other evidence may still win."""


def features(
    frame: str, answer: Answer, question: Question, frames: Mapping[str, float], likely: Likely | None, best: Likely | None
) -> dict[str, float]:
    """The features of one candidate. `frames`: how likely each frame is by the words; `best`: the likeliest entry."""
    reading = question.reading
    told: dict[str, float] = {f"is:{frame}": 1.0}
    told[f"frame:{frame}"] = log(max(frames.get(frame, 0.0), FLOOR))
    if frame not in ("figure", "entry"):
        told["frame:entry beside"] = log(max(frames.get("entry", 0.0), FLOOR))
        told["frame:figure beside"] = log(max(frames.get("figure", 0.0), FLOOR))
    told[f"other:{frame}"] = log(max(frames.get("other", 0.0), FLOOR))
    if answer.status != "answered":
        told[f"{answer.status}:{frame}"] = 1.0
    if likely is not None:
        told |= {
            "likeness": likely.score,
            "margin": likely.margin,
            "near": likely.near,
            "very near": max(0.0, likely.near - 0.85) * 5,
            f"rank {min(likely.rank, 3)}": 1.0,
        }
        said = sum(1 for span in reading.spans if span.slot == "unknown")
        told["entry unknown words"] = min(said, 8) / 4
    elif best is not None:
        told[f"best likeness:{frame}"] = best.score
        told[f"best near:{frame}"] = best.near
    if frame == "figure":
        slots = (
            bool(question.regions) + bool(question.periods.found) + bool(question.programmes)
        )
        told[f"figure slots {slots}"] = 1.0
        told["figure money"] = float(question.money)
        told["figure measure"] = float(bool(question.measures.named or question.measures.percent))
        told["figure amount"] = float(question.amount)
        told["figure counted"] = float(bool(question.counted or question.indicators))
        told["figure unknown words"] = min(sum(1 for span in reading.spans if span.slot == "unknown"), 8) / 4
        told["figure assumed"] = min(len(answer.assumptions), 4) / 2
        told["figure wish"] = float(reading.has("intent"))
        told["figure facts"] = float(reading.has("fact"))
        told["figure support"] = float(reading.has("head", "support"))
        told["figure yes no"] = float(question.yes_no and not question.check)
        told["figure why"] = float(question.why)
    if frame == "level":
        told["level price"] = float(answer.calculation is not None)
        told["level support"] = float(reading.has("head", "support"))
        told["level how much"] = float(question.amount or reading.has("aspect", "amount"))
        told["level papers"] = float(reading.has("aspect", "papers", "procedure", "deadline", "duration"))
        told["level yes no"] = float(question.yes_no)
    if frame == "event":
        told["event head"] = float(reading.has("head", "event") or reading.has("event_name"))
        told["event dated"] = float(bool(question.periods.found))
        told["event aspect"] = float(bool(answer.aspect))
        told["event funding"] = float(reading.has("head", "funding") or question.money)
    if frame in ("eligible", "level", "contact"):
        told[f"facts:{frame}"] = float(reading.has("fact"))
        told[f"wish:{frame}"] = float(reading.has("intent"))
    told["own topic"] = float(question.own_topic)
    told["neighbour"] = float(bool(question.neighbour) or reading.has("neighbour"))
    return told
