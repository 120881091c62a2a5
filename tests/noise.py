"""Ways in which people misspell Vietnamese, as small reproducible functions.

Every function takes a clean sentence and a seeded ``random.Random`` and returns the
same sentence as somebody might really send it. The same text and the same seed give
the same result, so a failing case can be repeated.

Promises shared by all of them:

* a token that holds a digit (``170,8``, ``45/2012/NĐ-CP``, ``2024``, ``22-9``) comes
  out letter for letter as it went in; only :func:`ocr_digits` touches bare years;
* number words (``hai không hai ba``) are never replaced by another word;
* what is asked does not change: no word is added that names a year, a region, a
  programme or a measure.

Input is brought to NFC first; only :func:`nfd` returns anything else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

Noise = Callable[[str, Random], str]

_TONES = {"\u0301": 1, "\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_TONE_MARKS = {number: mark for mark, number in _TONES.items()}
_TELEX_TONE = " sfrxj"
_TELEX_LETTER = {
    "â": "aa",
    "ê": "ee",
    "ô": "oo",
    "ă": "aw",
    "ơ": "ow",
    "ư": "uw",
    "đ": "dd",
}
_VNI_LETTER = {
    "â": "a6",
    "ê": "e6",
    "ô": "o6",
    "ơ": "o7",
    "ư": "u7",
    "ă": "a8",
    "đ": "d9",
}
_NUMBER_WORDS = frozenset(
    re.findall(
        r"\w+",
        "không một mốt hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ "
        "linh lẻ rưỡi phẩy phần",
    )
)
_CHAT = {
    "khuyến công quốc gia": "kcqg",
    "khuyến công địa phương": "kcdp",
    "khuyến công": "kc",
    "kinh phí": "kp",
    "kế hoạch": "kh",
    "phía Bắc": "pb",
    "phía Nam": "pn",
    "miền Bắc": "mb",
    "miền Trung": "mt",
    "địa phương": "đp",
    "nghị định": "nđ",
    "thông tư": "tt",
    "bao nhiêu": "bn",
    "như thế nào": "ntn",
    "không": "ko",
    "được": "đc",
    "vậy": "z",
    "rồi": "r",
    "gì": "j",
    "với": "vs",
    "những": "nhg",
    "người": "ng",
    "biết": "bik",
    "mình": "mk",
    "cũng": "cg",
    "trong": "trg",
    "anh chị": "ac",
    "em": "e",
}
_CHAT_PATTERN = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(key) for key in sorted(_CHAT, key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)
_CHAT_FOLDED = {key.lower(): value for key, value in _CHAT.items()}
_YEAR = re.compile(r"(?<![\w/.,-])(?:19|20)\d\d(?!\w|[/.,-]\d|/)")
_OPEN_GLIDE = re.compile(r"(?<![qQ])(oa|oe|uy)(?!\w)", re.IGNORECASE)
_POLITE = (
    (
        "Dạ em chào anh chị ạ, em mới nhận việc nên còn nhiều chỗ chưa rõ, anh chị cho em hỏi với ạ: ",
        " Em xin cảm ơn anh chị nhiều, chúc anh chị nhiều sức khỏe ạ.",
    ),
    (
        "Kính chào quý cơ quan, tôi đang soạn báo cáo và xin phép được hỏi. ",
        " Rất mong nhận được phản hồi, trân trọng cảm ơn.",
    ),
    (
        "Chào bạn, xin lỗi vì làm phiền giờ này, nhưng sếp đang giục nên mình hỏi nhanh chút nhé. ",
        " Cảm ơn bạn nhiều lắm!",
    ),
    (
        "Thưa anh, bác ở quê không rành máy móc, nhờ anh xem giúp bác việc này: ",
        " Bác cảm ơn anh trước nhé.",
    ),
)
_EMOJI = ("🙏", "😊", "📊", "❓", "👍", "🙏🏻", "☺️", "💰")


def nfd(text: str, _rng: Random) -> str:
    """Letters and their marks as separate code points, as macOS file names have them."""
    return unicodedata.normalize("NFD", text)


def no_marks(text: str, _rng: Random) -> str:
    """No marks at all: *khuyến công* becomes *khuyen cong*."""
    return _each_word(text, _bare)


def upper(text: str, _rng: Random) -> str:
    """Caps lock was on."""
    return _each_word(text, str.upper)


def telex(text: str, _rng: Random) -> str:
    """Raw Telex keystrokes, lower case, tone key at the end of each syllable."""
    return _each_word(text, lambda word: _keystrokes(word, _TELEX_LETTER, _telex_tone))


def vni(text: str, _rng: Random) -> str:
    """Raw VNI keystrokes, lower case, tone digit at the end of each syllable."""
    return _each_word(text, lambda word: _keystrokes(word, _VNI_LETTER, _vni_tone))


def half_marks(text: str, rng: Random) -> str:
    """Marks dropped on a random half of the words that have any."""
    pieces = _pieces(text)
    marked = [i for i, piece in enumerate(pieces) if _free(piece) and _marked(piece)]
    for i in rng.sample(marked, (len(marked) + 1) // 2):
        pieces[i] = _bare(pieces[i])
    return "".join(pieces)


def wrong_tone(text: str, rng: Random) -> str:
    """One or two tones replaced by another that the syllable could carry."""
    pieces = _pieces(text)
    toned = [
        i
        for i, piece in enumerate(pieces)
        if _free(piece) and _letters(piece) not in _NUMBER_WORDS and _tone(piece)
    ]
    for i in rng.sample(toned, min(len(toned), rng.randint(1, 2))):
        stop = re.search(r"(?:c|ch|p|t)\W*$", _bare(pieces[i]), re.IGNORECASE)
        choices = {1, 5} if stop else {1, 2, 3, 4, 5}
        new = rng.choice(sorted(choices - {_tone(pieces[i])}))
        pieces[i] = _with_tone(pieces[i], new)
    return "".join(pieces)


def old_tone_placement(text: str, _rng: Random) -> str:
    """The other school of placing the tone in open *oa, oe, uy*: hoà and hòa swap."""
    return _each_word(text, _swap_placement)


def glued(text: str, rng: Random) -> str:
    """About a third of the spaces between two words are lost, at least one."""
    pieces = _pieces(text)
    gaps = [
        i
        for i in range(1, len(pieces) - 1)
        if pieces[i].isspace()
        and _free(pieces[i - 1])
        and _free(pieces[i + 1])
        and pieces[i - 1][-1:].isalpha()
        and pieces[i + 1][:1].isalpha()
    ]
    for i in rng.sample(gaps, (len(gaps) + 2) // 3):
        pieces[i] = ""
    return "".join(pieces)


def ocr_digits(text: str, rng: Random) -> str:
    """Bare years as a scanner reads them: 0 as o or O, 1 as l."""

    def misread(match: re.Match[str]) -> str:
        digits = [rng.choice("oO") if digit == "0" else "l" if digit == "1" else digit for digit in match[0]]
        return "".join(digits)

    return _YEAR.sub(misread, _nfc(text))


def typo(text: str, rng: Random) -> str:
    """One slip in a word of five letters or more: a swap, an omission or a doubling."""
    pieces = _pieces(text)
    long_words = [
        i
        for i, piece in enumerate(pieces)
        if piece.isalpha() and len(piece) >= 5 and piece.lower() not in _NUMBER_WORDS
    ]
    if not long_words:
        return _nfc(text)
    i = rng.choice(long_words)
    word = pieces[i]
    at = rng.randrange(1, len(word) - 1)
    slip = rng.choice(("swap", "omit", "double"))
    if slip == "swap" and word[at] != word[at + 1]:
        pieces[i] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    elif slip == "omit":
        pieces[i] = word[:at] + word[at + 1 :]
    else:
        pieces[i] = word[: at + 1] + word[at:]
    return "".join(pieces)


def double_spaces(text: str, rng: Random) -> str:
    """Stray blanks: at both ends and in about half of the gaps."""
    pieces = _pieces(text)
    gaps = [i for i, piece in enumerate(pieces) if piece.isspace()]
    for i in rng.sample(gaps, (len(gaps) + 1) // 2):
        pieces[i] = " " * rng.randint(2, 3)
    return "  " + "".join(pieces) + " "


def chat(text: str, _rng: Random) -> str:
    """Chat spelling and office abbreviations: *bao nhiêu* → *bn*, *phía Bắc* → *pb*."""
    clean = _nfc(text)

    def shorten(match: re.Match[str]) -> str:
        word = match[0].lower()
        around = (_last_word(clean[: match.start()]), _first_word(clean[match.end() :]))
        if word in _NUMBER_WORDS and not _NUMBER_WORDS.isdisjoint(around):
            return match[0]
        return _CHAT_FOLDED[word]

    return _CHAT_PATTERN.sub(shorten, clean)


def polite(text: str, rng: Random) -> str:
    """The question in the middle of a long, courteous message."""
    before, after = rng.choice(_POLITE)
    return before + _nfc(text) + after


def emoji(text: str, rng: Random) -> str:
    """One or two emoji at the end, sometimes one in front."""
    clean = _nfc(text)
    if rng.random() < 0.3:
        clean = f"{rng.choice(_EMOJI)} {clean}"
    return clean + " " + "".join(rng.choices(_EMOJI, k=rng.randint(1, 2)))


NOISES: dict[str, Noise] = {
    "nfd": nfd,
    "no_marks": no_marks,
    "upper": upper,
    "telex": telex,
    "vni": vni,
    "half_marks": half_marks,
    "wrong_tone": wrong_tone,
    "old_tone_placement": old_tone_placement,
    "glued": glued,
    "ocr_digits": ocr_digits,
    "typo": typo,
    "double_spaces": double_spaces,
    "chat": chat,
    "polite": polite,
    "emoji": emoji,
}


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _pieces(text: str) -> list[str]:
    """Words and the blanks between them, in order; joined they give the text back."""
    return re.findall(r"\s+|\S+", _nfc(text))


def _free(piece: str) -> bool:
    """Whether a piece is a word that may be altered: no blank, no digit in it."""
    return not piece.isspace() and not any(char.isdigit() for char in piece)


def _each_word(text: str, change: Callable[[str], str]) -> str:
    return "".join(change(p) if _free(p) else p for p in _pieces(text))


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return kept.replace("đ", "d").replace("Đ", "D")


def _marked(word: str) -> bool:
    return _bare(word) != word


def _letters(word: str) -> str:
    return "".join(char for char in word.lower() if char.isalpha())


def _last_word(text: str) -> str:
    return _letters(text.split()[-1]) if text.split() else ""


def _first_word(text: str) -> str:
    return _letters(text.split()[0]) if text.split() else ""


def _tone(word: str) -> int:
    """The tone a word carries, 1 to 5 as VNI numbers them; 0 without one."""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            return _TONES[char]
    return 0


def _with_tone(word: str, tone: int) -> str:
    swapped = "".join(
        _TONE_MARKS[tone] if char in _TONES else char for char in unicodedata.normalize("NFD", word)
    )
    return _nfc(swapped)


def _without_tone(word: str) -> str:
    kept = "".join(char for char in unicodedata.normalize("NFD", word) if char not in _TONES)
    return _nfc(kept)


def _telex_tone(tone: int) -> str:
    return _TELEX_TONE[tone].strip()


def _vni_tone(tone: int) -> str:
    return str(tone) if tone else ""


def _keystrokes(word: str, letters: dict[str, str], tone_key: Callable[[int], str]) -> str:
    def type_syllable(match: re.Match[str]) -> str:
        syllable = match[0].lower()
        plain = _without_tone(syllable)
        typed = "".join(letters.get(char, char) for char in plain)
        return typed + tone_key(_tone(syllable))

    return re.sub(r"[^\W\d_]+", type_syllable, word)


def _swap_placement(word: str) -> str:
    tone = _tone(word)
    if not tone:
        return word
    plain = _without_tone(word)
    match = _OPEN_GLIDE.search(plain)
    if not match:
        return word
    first, second = match.start(), match.start() + 1
    for at, other in ((first, second), (second, first)):
        marked = _nfc(plain[: at + 1] + _TONE_MARKS[tone] + plain[at + 1 :])
        if marked == word:
            return _nfc(plain[: other + 1] + _TONE_MARKS[tone] + plain[other + 1 :])
    return word
