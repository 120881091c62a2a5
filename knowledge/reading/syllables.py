"""Which letter groups can be a Vietnamese syllable once marks are dropped.

The set is generated from onsets and rimes, so it holds every real syllable and some that no word uses. A token outside
it is certainly not plain Vietnamese: raw Telex, VNI, glued words, an abbreviation, a typing error, or another language.
"""

from __future__ import annotations

_ONSETS = """
 b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x
"""
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet
ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oat oay oc oe oen oeo oet oi om on ong op ot u ua
uan uang uat uay uc ue uech uenh ui uich uinh um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych
uyen uyet uyn uynh uyt uyu y yem yen yet yeu
"""
_FRONT = ("e", "i", "y")
_ONLY_FRONT = ("k", "gh", "ngh")
_NEVER_FRONT = ("c", "ng")


def _fits(onset: str, rime: str) -> bool:
    front = rime.startswith(_FRONT)
    if onset in _ONLY_FRONT:
        return front
    if onset in _NEVER_FRONT:
        return not front
    if onset == "qu":
        return not rime.startswith(("u", "o"))
    return True


SYLLABLES: frozenset[str] = frozenset(
    onset + rime for onset in ("", *_ONSETS.split()) for rime in _RIMES.split() if _fits(onset, rime)
) | frozenset(["gi", "gin", "giet", "gieng", "quoc", "quyet", "quyen"])
"""Folded letter groups that can be a syllable."""
