"""Nothing that a record, a name of a file, the command line or the environment says acts on the operator's terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests import every_verb
from tests.attacks import poisoned
from tests.attacks.payloads import EVERY, OBEYED, TAKEN, acted

ALL_AT_ONCE = "".join(text for name, text in TAKEN.items() if not name.startswith("very long"))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Path]:
    """A folder to which a test brings files, and in which it stands."""
    with every_verb.standing_in(tmp_path):
        yield tmp_path


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_word_of_a_record_reaches_the_terminal_as_more_than_text(shop: Path, lang: str) -> None:
    """A buyer's name that holds a line break and a row of ``due`` would have sent the van to somebody who is owed
    nothing: each value stays on its own line, and nothing in it is hidden.
    """
    every_verb.laid_out(shop, poisoned.book(ALL_AT_ONCE))
    bad = {}
    for line in poisoned.QUESTIONS:
        code, out, err = every_verb.typed(f"{line} --lang {lang}")
        assert code in {0, 1}, (line, err)
        if found := acted(out) + acted(err):
            bad[line] = found
    assert bad == {}


def test_machines_get_the_very_value_and_terminals_none_of_it(shop: Path) -> None:
    """A script that reads a name reads what was typed, and whoever looks at the script's input sees no sign act."""
    for name, payload in TAKEN.items():
        every_verb.laid_out(shop, {"aftercare.yaml": b"git: no\n"})
        value = f"王{payload}"
        record = f"id: ST26-0001\nname: {poisoned.quoted(value)}\n"
        every_verb.laid_out(shop, {"staff/2026/ST26-0001.yaml": record.encode()})
        for fmt in poisoned.MACHINE:
            code, out, err = every_verb.typed(f"staff list --format {fmt}")
            exact = fmt in {"csv", "tsv"} or name == "heap of marks"
            assert (code, err, acted(out, exact=exact)) == (0, "", []), (name, fmt)
            assert _read_back(out, fmt)["name"] == value, (name, fmt)


def _read_back(out: str, fmt: str) -> dict[str, str]:
    match fmt:
        case "json" | "yaml":
            return dict((json.loads(out) if fmt == "json" else yaml.safe_load(out))[0])
        case "jsonl":
            return dict(json.loads(out))
        case _:
            return next(iter(csv.DictReader(io.StringIO(out, newline=""), delimiter="," if fmt == "csv" else "\t")))


SOME = {
    "all that is obeyed": "".join(OBEYED.values()),
    **{name: EVERY[name] for name in ("half a pair, from bytes", "forged row")},
}


@pytest.mark.parametrize("words", poisoned.ARGUMENTS, ids=" ".join)
def test_what_is_typed_wrong_is_said_back_in_one_harmless_line(shop: Path, words: list[str]) -> None:
    """A line pasted from a web page would have repainted the terminal in the very message that refuses it."""
    every_verb.laid_out(shop, every_verb.base_book())
    for name, payload in SOME.items():
        code, out, err = poisoned.said_back(words, payload)
        assert (acted(out), acted(err), "Traceback" in err, code == 70) == ([], [], False, False), (name, out, err)


def test_a_file_that_holds_what_a_terminal_obeys_is_refused_in_a_line_that_does_not(shop: Path) -> None:
    """A record that somebody sent is not shown to the terminal while saying that it is refused."""
    for name, payload in OBEYED.items():
        raw = f"id: ST26-0001\nname: 王{payload}\n".encode("utf-8", "surrogateescape" if "bytes" in name else "replace")
        every_verb.laid_out(shop, {"aftercare.yaml": b"git: no\n", "staff/2026/ST26-0001.yaml": raw})
        for line in ("staff list", "check", "due", "staff show ST26-0001", "staff set ST26-0001 name=x"):
            code, out, err = every_verb.typed(line)
            assert (acted(out), acted(err)) == ([], []), (name, line)
            assert code in {0, 1, 3, 4}, (name, line, err)


def test_names_of_files_are_said_harmlessly(shop: Path) -> None:
    """Whoever hands over a folder names its files too."""
    every_verb.laid_out(shop, {"aftercare.yaml": b"git: no\n", "policies/ours.yaml": b"x: y\n"})
    for name, payload in [*OBEYED.items(), *[*TAKEN.items()][:4]]:
        plain = (
            payload.replace("\0", "")
            .replace("/", "-")[:60]
            .encode("utf-8", "surrogateescape" if "bytes" in name else "replace")
        )
        for folder in ("staff/2026", "policies"):
            (shop / folder).mkdir(parents=True, exist_ok=True)
            file = Path(str((shop / folder).resolve()) + "/" + "a" + plain.decode("utf-8", "surrogateescape") + ".yaml")
            file.write_bytes(b"[")
            for line in ("check", "staff list", "policy check", "policy list"):
                __, out, err = every_verb.typed(line)
                assert (acted(out), acted(err), "Traceback" in err) == ([], [], False), (name, line)
            for words in (
                ["policy", "check", str(file)],
                ["import", "customer", str(file)],
                ["staff", "add", "--from", str(file)],
            ):
                code, out, err = poisoned.said_back(words, "")
                assert (acted(out), acted(err), code == 70) == ([], [], False), (name, words, out, err)
            file.unlink()


@pytest.mark.parametrize("variable", ["AFTERCARE_TODAY", "AFTERCARE_BOOK", "AFTERCARE_LANG", "EDITOR", "LANG"])
def test_the_environment_is_said_back_harmlessly(shop: Path, variable: str) -> None:
    """What another program left in the environment is quoted in errors like any other word."""
    every_verb.laid_out(shop, every_verb.base_book())
    for name, payload in [*OBEYED.items()][::3] + [*TAKEN.items()][::4]:
        value = payload.replace("\0", "").encode("utf-8", "replace").decode()
        with every_verb.standing_in(shop):
            import os

            os.environ[variable] = value or "x"
            for line in ("customer edit CU26-0001", "due --limit 1"):
                code, out, err = every_verb.typed(line)
                assert (acted(out), acted(err), code == 70) == ([], [], False), (name, line, err)
