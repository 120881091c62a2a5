"""Raw Telex or VNI keystrokes of one word → the word with its marks."""

from __future__ import annotations

import unicodedata

_HAT, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_MARKS: dict[str, dict[str, str]] = {
    **{key: dict.fromkeys("aeiouy", tone) for key, tone in zip("sfrxj", _TONES, strict=True)},
    **{key: dict.fromkeys("aeiouy", tone) for key, tone in zip("12345", _TONES, strict=True)},
    **{key: {key: _HAT} for key in "aeo"},
    "w": {"a": _BREVE, "o": _HORN, "u": _HORN},
    "6": dict.fromkeys("aeo", _HAT),
    "7": dict.fromkeys("ou", _HORN),
    "8": {"a": _BREVE},
}
"""Key → the letters that it changes, each with the mark that it gets; the last of them in the word is meant."""
_BAR = frozenset("d9")


def word_of_keys(keys: str) -> str:
    """The word that is typed by these keys, in composed form; its tone may stand on another vowel than in print."""
    letters: list[str] = []
    for key in keys:
        if key in _BAR and "d" in letters:
            letters[letters.index("d")] = "đ"
            continue
        bearers = _MARKS.get(key, {})
        at = next((at for at in reversed(range(len(letters))) if letters[at][0] in bearers), None)
        if at is None:
            letters.append(key)
            continue
        letter, marks = letters[at][0], letters[at][1:]
        letters[at] = letter + "".join(sorted(bearers[letter] + marks, key=_TONES.__contains__))
        if letters[at][:2] == f"o{_HORN}" and letters[at - 1 : at] == ["u"]:
            letters[at - 1] += _HORN  # "uow" is "ươ"
    return unicodedata.normalize("NFC", "".join(letters))
