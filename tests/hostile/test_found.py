"""What public collections of hostile words and files found once, each under the name of what it would have cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import every_verb
from tests.attacks.payloads import acted

LONG = "他说话很长" * 60


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Path]:
    """A folder with a small shop, in which a test stands."""
    with every_verb.standing_in(tmp_path):
        every_verb.laid_out(tmp_path, every_verb.base_book())
        yield tmp_path


@pytest.mark.parametrize("word", [LONG, "'两\n行'", "'a\u0300" + "\u0316" * 200 + "'", "''", "' '"], ids=ascii)
@pytest.mark.parametrize("line", ["visit set VI26-0001 answers.{}=x", "visit add --customer CU26-0001 --outcome reached --answer {}=x"])  # fmt: skip
def test_what_a_customer_said_was_lost_with_the_whole_call_where_it_stood_before_the_sign(
    shop: Path, line: str, word: str
) -> None:
    """``--answer 一整段话=好`` ended as an unexpected error; now it is said what may stand there, and nothing is written."""
    before = every_verb.files_of(shop)
    code, out, err = every_verb.typed(line.format(word))
    assert code in {2, 5}, (out, err)
    assert (out, acted(err), len(err.splitlines()) <= 2) == ("", [], True)
    assert every_verb.files_of(shop) == before


@pytest.mark.parametrize("note", ['"文三路"#5', "'文三路'#5", "># 5\n  文三路", "|-#5\n  文三路"])
def test_the_number_of_a_house_was_gone_where_it_stood_right_behind_the_quotes(shop: Path, note: str) -> None:
    """``"文三路"#5`` was read as 文三路: the parser takes the rest for a remark, where YAML itself allows none."""
    every_verb.laid_out(shop, {"customers/2026/CU26-0050.yaml": f"id: CU26-0050\nname: x\nnote: {note}\n".encode()})
    code, out, __ = every_verb.typed("check")
    assert code == 3
    assert "customers/2026/CU26-0050.yaml:3: yaml-syntax " in out
    for well in (
        '"文三路" #5',
        '"文三路#5"',
        "文三路#5",
        '|\n  文三路#5\n  "a"#',
        "'a''b' # '#'",
        '["a#", "b"] # "x"#',
    ):
        text = f"id: CU26-0050\nname: x\n{'tags' if well[0] == '[' else 'note'}: {well}\n"
        every_verb.laid_out(shop, {"customers/2026/CU26-0050.yaml": text.encode()})
        assert "CU26-0050" not in every_verb.typed("check files")[1]


def test_refused_rows_named_a_file_that_no_disk_takes_and_it_seemed_that_nothing_could_be_printed(shop: Path) -> None:
    """The reason was said of the output, with the code of an unexpected error, and the orders were not looked at."""
    every_verb.laid_out(shop, {"some.csv": "姓名,电话\n钱一,13600136001\n孙二,\n,13600136009\n".encode()})
    code, __, err = every_verb.typed(f"import customer some.csv --keep-good --refused {LONG}")
    assert code == 5
    assert err.splitlines()[-1].startswith("aftercare: ")
    assert "output" not in err
    assert every_verb.typed(f"import customer customers.csv --refused {LONG} --dry-run")[0] == 0
