"""``add --from``: whole records from YAML, JSON and JSONL, all or nothing."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from aftercare.cli import run


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with one customer and one product, in which the commands run on 10 March 2026."""
    files = {
        "aftercare.yaml": "country: CN\ncurrency: CNY\ngit: no\n",
        "customers/2026/CU26-0001.yaml": "id: CU26-0001\nname: 王建国\n",
        "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 空调\ncategory: air_conditioner\nweight_kg: 38.5\n",
    }
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-10")
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    return tmp_path


def _from(data: bytes | str, name: str = "", kind: str = "customer", *more: str) -> int:
    """Run ``add --from`` on a file of that name, or on stdin."""
    raw = data if isinstance(data, bytes) else data.encode()
    if name:
        Path(name).write_bytes(raw)
        return run([kind, "add", "--from", name, *more])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        return run([kind, "add", "--from", "-", *more])


TWO = [{"name": "李梅", "phones": ["013800138000"]}, {"name": "张强", "birthday": {"lunar": "八月十五"}, "tags": []}]
YAML_LIST = "- name: 李梅\n  phones: [013800138000]\n- {name: 张强, birthday: {lunar: 八月十五}, tags: []}\n"


@pytest.mark.parametrize("name", ["", "two.txt"])
@pytest.mark.parametrize(
    "text",
    [
        YAML_LIST,
        json.dumps(TWO),
        json.dumps(TWO, ensure_ascii=False, indent="\t"),
        "\n".join(json.dumps(one) for one in TWO) + "\n\n",
    ],
    ids=["yaml", "json", "json-tabs", "jsonl"],
)
def test_every_format_says_the_same(book: Path, capsys: pytest.CaptureFixture[str], text: str, name: str) -> None:
    """Many records in any of the formats, recognised by how they begin: the ids are printed one a line."""
    assert _from(text, name) == 0
    assert capsys.readouterr().out == "CU26-0002\nCU26-0003\n"
    folder = book / "customers/2026"
    first = 'id: CU26-0002\nname: 李梅\nphones: ["013800138000"]\n'
    assert (folder / "CU26-0002.yaml").read_text(encoding="utf-8") == first
    assert "birthday: {lunar: 八月十五}" in (folder / "CU26-0003.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "name: 李梅\n"),
        ("a.yml", "{name: 李梅}\n"),
        ("a.json", '{"name": "李梅"}'),
        ("a.jsonl", '{"name": "李梅"}'),
    ],
)
def test_one_record_may_stand_alone(capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    """A single mapping or object is one record."""
    assert _from(text, name) == 0
    assert capsys.readouterr().out == "CU26-0002\n"


@pytest.mark.parametrize("command", ["show", "list"])
def test_what_is_printed_as_json_goes_back_in(book: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    """Nulls, empty lists, the kind and the old id are left behind; what was said is said again."""
    arguments = ["product", command, *(["1"] if command == "show" else []), "--format", "json"]
    assert run(arguments) == 0
    assert _from(capsys.readouterr().out, "", "product") == 0
    copy = (book / "products/2026/PR26-0002.yaml").read_text(encoding="utf-8")
    assert copy == "id: PR26-0002\nname: 空调\ncategory: air_conditioner\nweight_kg: 38.5\n"


def test_with_format_json_the_answer_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    """Ids and effect in one array."""
    assert _from(YAML_LIST, "", "customer", "--format", "json") == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["CU26-0002", "CU26-0003"]


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        ("a.yaml", "- name: a\n- tags: [1]\n- name: b\n  needs: [x]\n", ["a.yaml:2: missing", "a.yaml:4: choice"]),
        ("a.yaml", "- name: a\n- b\n", ["a.yaml:2: not-a-record"]),
        ("a.yaml", "name: a\n---\nname: b\n", ["a.yaml:2: several-documents"]),
        ("a.yaml", "- name: a\n- name: &x b\n", ["a.yaml:2: anchor"]),
        ("a.yaml", "- {name: a, kind: sale}\n", ["a.yaml:1: kind"]),
        ("a.json", '[\n {"name": "a"},\n {"tags": [],\n "needs": ["x"]}]', ["a.json:3: missing", "a.json:4: choice"]),
        ("a.json", '[{"name": "a"},]', ["a.json:1: json-syntax"]),
        ("a.json", '[{"name": "a"}\n {"name": "b"}]', ["a.json:2: json-syntax"]),
        ("a.json", '{"name": "a"}\nx', ["a.json:2: json-syntax"]),
        ("a.json", '{"name": NaN}', ["a.json:1: json-syntax"]),
        ("a.json", '{"name": "a", "name": "b"}', ["a.json:1: duplicate-key"]),
        ("a.json", '{"name": "a\\u001b"}', ["a.json:1: control-character"]),
        ("a.json", '{"name": "a", "": "b"}', ["a.json:1: bad-key"]),
        ("a.json", '{"name": ' + "[" * 30 + '"a"' + "]" * 30 + "}", ["a.json:1: too-deep"]),
        ("a.json", '{"name": ' + "[" * 90000, ["a.json:1: too-deep"]),
        ("a.json", '["a"]', ["a.json:1: not-a-record"]),
        ("a.jsonl", '{"name": "a"}\n{"nam": "b"}\n{"name": 1', ["a.jsonl:3: json-syntax"]),
        ("a.jsonl", '{"name": "a"}\n\n{"nam": "b"}\n', ["a.jsonl:3: missing"]),
        ("a.jsonl", '{"name": "a"} {"name": "b"}\n', ["a.jsonl:1: json-syntax"]),
        ("a.yaml", "- name: a\n- {name: b, referred_by: CU26-0099}\n", ["a.yaml:2: reference"]),
        ("a.yaml", "- name: a\n- {name: b, since: 2026-03-11}\n", ["a.yaml:2: future"]),
        ("", "- name: a\n- name:\n", ["-:2: missing"]),
    ],
)  # fmt: skip
def test_one_fault_and_nothing_is_written(
    book: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, faults: list[str]
) -> None:
    """Every fault has its file, line and code; exit 3; no record of the input is kept."""
    assert _from(text, name) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert [line[: len(fault)] for line, fault in zip(lines, faults, strict=True)] == faults
    assert sorted(path.name for path in (book / "customers/2026").iterdir()) == ["CU26-0001.yaml"]


@pytest.mark.parametrize(("encoding", "name"), [("gbk", "GB18030"), ("utf-16", "UTF-16")])
def test_other_encodings_are_named_and_refused(capsys: pytest.CaptureFixture[str], encoding: str, name: str) -> None:
    """Guessing an encoding would put wrong names into the book."""
    assert _from("- name: 王建国\n".encode(encoding), "a.yaml") == 3
    assert f"a.yaml:1: not-utf8 the file is not UTF-8; it looks like {name}" in capsys.readouterr().err


def test_a_byte_order_mark_is_no_part_of_the_first_record(capsys: pytest.CaptureFixture[str]) -> None:
    """Spreadsheets and editors put one there."""
    assert _from(b"\xef\xbb\xbf" + b'{"name": "a"}', "a.json") == 0
    assert capsys.readouterr().out == "CU26-0002\n"


def test_categories_are_read_in_either_language(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As on the command line; one that does not exist is a fault with the likely ones."""
    assert _from("- {name: 海尔冰箱, category: 冰箱}\n", "a.yaml", "product") == 0
    assert "category: refrigerator" in (book / "products/2026/PR26-0002.yaml").read_text(encoding="utf-8")
    assert _from("- {name: x, category: 冰霜}\n", "a.yaml", "product") == 3
    assert "a.yaml:1: category" in capsys.readouterr().err


def test_ids_of_the_input_are_given_anew_and_it_is_said_who_meant_them(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reference within the batch by an old id stays as it is, and the operator hears of it."""
    text = "- {id: CU26-0001, name: a}\n- {id: CU26-0008, name: b, referred_by: CU26-0001}\n"
    assert _from(text, "a.yaml") == 0
    printed = capsys.readouterr()
    assert printed.out == "CU26-0002\nCU26-0003\n"
    assert "CU26-0001 was not rewritten" in printed.err
    assert "CU26-0008" not in printed.err
    assert "referred_by: CU26-0001" in (book / "customers/2026/CU26-0003.yaml").read_text(encoding="utf-8")


def test_no_records_are_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """The empty answer of a ``list`` may be handed on."""
    assert _from("[]", "a.json") == 0
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_is_said_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing else is said."""
    assert run(["customer", "add", "--from", "nothing.yaml"]) == 2
    assert capsys.readouterr().err == "aftercare: nothing.yaml cannot be read: No such file or directory\n"


RICH = {
    "customer": "name: 王建国\nphones: ['013800138000']\naddress: {text: 文三路, distance_km: 12.5}\n"
    "birthday: {lunar: 八月十五}\nconsent: {greetings: yes}\ncontacts:\n- {name: 王小明}\nnickname: 老王\n",
    "sale": "customer: CU26-0001\nsold_on: 2026-03-03\nitems:\n- {product: PR26-0001, price: 3299.00, taken: no}\n"
    "- {product: PR26-0001, qty: 12, price: USD 58.00}\n"
    "told:\n  deliver: {from: 2026-03-04T09:00, by: 2026-03-04T18:00}\n",
    "delivery": "sale: SA26-0001\nitems:\n- 1\n- {item: 2, qty: 7}\nopened: yes\n"
    "moved:\n- {to: 2026-03-05, asked_by: shop, agreed: no}\nsigned: {by: 王建国, at: 2026-03-05T19:40}\n",
    "claim": "unit: SA26-0001/1\nreported_on: 2026-03-08\nrepairs:\n"
    "- in: 2026-03-08\n  waiting: [{from: 2026-03-08, for: 压缩机, because: no_parts}]\n",
    "visit": "customer: CU26-0001\nchannel: phone\npurpose: call_back\nat: 2026-03-07T10:05\noutcome: reached\n"
    "answers: {use: 正常}\nsatisfaction: 5\nheard: ['a, b', 'c: d']\n",
}


@pytest.mark.parametrize("kind", RICH)
def test_every_kind_survives_the_way_through_json(book: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """The record that went in is the record that is shown again, but for its id."""
    for earlier in [*RICH][: [*RICH].index(kind) + 1]:
        assert _from(RICH[earlier], "a.yaml", earlier) == 0
    first = capsys.readouterr().out.split()[-1]
    assert run([kind, "show", first, "--format", "json"]) == 0
    shown = capsys.readouterr().out
    assert _from(shown, "", kind) == 0
    second = capsys.readouterr().out.strip()
    assert second != first
    assert run([kind, "show", second, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {**json.loads(shown), "id": second}
