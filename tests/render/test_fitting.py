"""Text into so many lines of so many columns."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.plain.text import printable, width
from aftercare.render.fitting import NEEDED, Passage, fitted, wrapped

TEXTS = st.text(st.sampled_from("ab 修，。（）() \x1b\u202e…e\u0301"), max_size=300) | st.text(max_size=120)
PASSAGES = st.lists(st.builds(Passage, st.integers(0, 12), TEXTS, TEXTS), max_size=20)


@settings(max_examples=200)
@given(TEXTS)
def test_wrapping_loses_nothing_and_is_never_too_wide(text: str) -> None:
    """Every line fits, and all that was said is still there, made visible where it was hidden."""
    lines = wrapped(text, 40)

    assert max(map(width, lines)) <= 40
    assert "".join("".join(lines).split()) == "".join(printable(text).split())


@settings(max_examples=200)
@given(PASSAGES)
def test_no_more_lines_than_there_are(passages: list[Passage]) -> None:
    """However many passages there are, there are at most so many lines, none of them too wide."""
    lines = fitted(passages, 12, 40)

    assert len(lines) <= 12
    assert all(width(line) <= 40 for line in lines)


def test_what_is_needed_keeps_a_line() -> None:
    """A long passage is cut to its brief form where others that are needed would lose their line."""
    long = Passage(1, "word " * 100, "in brief")
    others = [Passage(NEEDED - 1, f"needed {number}") for number in range(11)]

    assert fitted([long, *others], 12, 40) == ["in brief", *(one.full for one in others)]


def test_what_weighs_least_gives_way() -> None:
    """What is not needed gets what is left, in the order of its weight; the order of saying stays."""
    passages = [Passage(10, "last"), Passage(9, "kept"), *(Passage(1, f"{number}") for number in range(11))]

    assert fitted(passages, 12, 40) == ["kept", *map(str, range(11))]


def test_a_line_breaks_between_han_characters_but_not_before_their_marks() -> None:
    """A full stop or a comma never begins a line, and a short bracket stays whole."""
    assert wrapped("修理免费，故障在期限内出现。", 10) == ["修理免费，", "    故障在", "    期限内", "    出现。"]
    assert wrapped("free until Tuesday (Art. 10)", 22) == ["free until Tuesday", "    (Art. 10)"]


def test_the_weightiest_stays_where_not_even_all_that_is_needed_has_room() -> None:
    """With more needed passages than lines, the lightest of them are left out."""
    passages = [Passage(NEEDED - 1, "light"), *(Passage(1, f"{number}") for number in range(12))]

    assert fitted(passages, 12, 40) == [str(number) for number in range(12)]
