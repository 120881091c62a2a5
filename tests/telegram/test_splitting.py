"""Whatever the parts are, every message that leaves is valid, short enough, and nothing of the text is lost."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.splitting import LIMIT, pack, units, without_tags
from tests.telegram.html import Refused, visible

WORDS = st.text(st.sampled_from('aộ 🏭<&>"\n'), max_size=60).map(lambda text: html.escape(text))
TAGS = [
    "<b>{}</b>",
    "<i>{}</i>",
    "<blockquote expandable>{}</blockquote>",
    '<a href="https://a.vn/?x=1&amp;y=2">{}</a>',
]


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Tags around and beside what there is already; links and quotations are not put into each other."""
    bold = st.builds(lambda tag, text: tag.format(text), st.sampled_from(TAGS[:2]), inner)
    return st.lists(st.one_of(bold, inner), max_size=4).map("".join)


INNER = st.recursive(WORDS, wrapped, max_leaves=12)
PART = st.builds(lambda tag, text, more: tag.format(text) + more, st.sampled_from(TAGS), INNER, INNER)


def squeezed(text: str) -> str:
    return "".join(text.split())


@st.composite
def parts_of(draw: st.DrawFn) -> list[str]:
    """Text cut at line breaks, which may be within a tag."""
    whole = "\n".join(draw(st.lists(PART, max_size=4)))
    return whole.split("\n") if draw(st.booleans()) else [whole]


@given(parts_of(), st.integers(150, 400))
def test_messages_are_valid_short_and_complete(parts: list[str], limit: int) -> None:
    texts = pack(parts, limit)
    assert all(1 <= units(text) <= limit for text in texts)
    for text in texts:
        visible(text)
    said = squeezed("".join(without_tags(part) for part in parts))
    links = "(https://a.vn/?x=1&y=2)"
    assert squeezed("".join(map(without_tags, texts))).replace(links, "") == said.replace(links, "")


def test_parts_share_a_message_as_long_as_they_fit() -> None:
    assert pack(["a", " ", "b"]) == ["a\nb"]
    assert pack(["a" * LIMIT, "b"]) == ["a" * LIMIT, "b"]
    assert pack(["🏭" * (LIMIT // 2), "b"]) == ["🏭" * (LIMIT // 2), "b"]


def test_a_long_part_is_broken_at_a_blank() -> None:
    texts = pack(["<b>" + "chữ " * 3000 + "</b>"])
    assert len(texts) > 1
    assert all(text.removesuffix("</b>").rstrip().endswith("chữ") for text in texts)


def test_plain_text_keeps_the_target_of_a_link() -> None:
    assert (
        without_tags('<b>A &amp; B</b> <a href="https://c.vn/?d&amp;e">F</a>')
        == "A & B F (https://c.vn/?d&e)"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "a & b",
        "&nbsp;",
        "<b>a",
        "a</b>",
        "<b><i>a</b></i>",
        "<p>a</p>",
        "<br>",
        "<a href='x'>a</a>",
        '<a href="javascript:x">a</a>',
        '<a href="https://a.vn" target="b">a</a>',
        "<code><b>a</b></code>",
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
        "",
        "<b> </b>",
        "a" * 4097,
        "🏭" * 2049,
        "<b>a</b>" * 101,
    ],
)
def test_the_checker_refuses_what_telegram_refuses(text: str) -> None:
    with pytest.raises(Refused):
        visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "a &lt; b &amp; c &gt; &quot;d&quot; &#39;",
        '<pre><code class="language-python">a</code></pre>',
        '<blockquote expandable>a <b><a href="https://a.vn/?b&amp;c">d</a></b></blockquote>',
        '<tg-emoji emoji-id="1">👍</tg-emoji>',
        "🏭" * 2048,
    ],
)
def test_the_checker_takes_what_telegram_takes(text: str) -> None:
    assert visible(text)
