"""What is loaded and saved again without a change is the same file; an edit keeps all that it is not about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.plain.reading import read
from aftercare.plain.splicing import Set, apply
from aftercare.plain.tree import Tree
from aftercare.plain.writing import write
from tests.hostile import good
from tests.hostile.running import run

_ROOT = Path(__file__).resolve().parent.parent.parent
_KEYS = st.text(alphabet="abcxyz_ 王:#'\"-?", min_size=1, max_size=12)
_SCALARS = st.one_of(st.none(), st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf")),
                                        max_size=20), st.sampled_from(["no", "~", "null", "1e3", "0012", "a\nb\n", " a", "\n", "- a", "<<"]))  # fmt: skip
_TREES: st.SearchStrategy[Any] = st.dictionaries(
    _KEYS,
    st.recursive(
        _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3), max_leaves=8
    ),
    min_size=1,
    max_size=6,
)


@given(_TREES)
@settings(max_examples=200)
def test_what_is_written_is_read(tree: dict[str, Tree]) -> None:
    """Any record reads back as it was written, and written again it is the same to the byte."""
    text = write(tree)
    found = read(text.encode(), "f") if any(value is not None for value in tree.values()) else tree
    assert found == tree
    assert write(found) == text


def test_a_thousand_values_set_to_what_they_are() -> None:
    """Each value of the sample shop's records, set to what it is already, leaves its file as it was, byte for byte."""
    tried = 0
    for path in sorted((_ROOT / "data").glob("*/*/*.yaml")):
        data = path.read_bytes()
        for name, value in read(data, path.name).items():
            if isinstance(value, str) and tried < 1000:
                assert apply(data, [Set((name,), value)], path.name) == data, (path, name)
                tried += 1
    assert tried == 1000


def test_a_set_keeps_comments_order_and_what_nobody_knows(tmp_path: Path) -> None:
    """The operator's comments, the order of their lines and fields of another program survive ``set``."""
    good.lay(tmp_path)
    text = "# 老顾客\nzzz: [1, 2] # theirs\nname: 李四\n\nid: CU26-0002   # do not change\nnote: a\nyyy:\n  - {a: b}\n# end\n"
    file = tmp_path / "customers/2026/CU26-0002.yaml"
    file.write_text(text, encoding="utf-8")
    assert run(tmp_path, "customer", "set", "CU26-0002", "note=b").code == 0
    assert file.read_text("utf-8") == text.replace("note: a", "note: b")
