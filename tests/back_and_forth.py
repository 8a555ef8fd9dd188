"""Random days at the counter, taken back command by command and brought back again.

What is compared are bytes: every state the book was in is to be there again, but for the tombstones of what an undo
took out, whose numbers stay used.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from hypothesis import strategies as st

from aftercare.cli import run
from aftercare.plain.reading import Unreadable, read
from tests.counter import FILES
from tests.under_git import SETTINGS

Files = dict[str, bytes]
_NAMES = st.sampled_from(["赵六", "钱七", "孙丽"])
_PHONES = st.integers(0, 9).map(lambda digit: f"1360013600{digit}")
_RECORDS = st.sampled_from(["customer CU26-0001", "customer CU26-0003", "sale SA26-0001", "sale SA26-0003"])
COMMANDS = st.one_of(
    st.tuples(_NAMES, _PHONES).map(lambda one: ["customer", "add", "--name", one[0], "--phone", one[1]]),
    st.tuples(_NAMES, _PHONES).map(
        lambda one: ["sale", "add", "--name", one[0], "--phone", one[1], "--product", "PR26-0001", "--price", "58"]
    ),
    st.tuples(_RECORDS, _NAMES).map(lambda one: [*_verb(one[0], "set"), f"note={one[1]}"]),
    st.tuples(_RECORDS, _NAMES).map(lambda one: [*_verb(one[0], "set"), f"tags+={one[1]}"]),
    _RECORDS.map(lambda one: [*_verb(one, "remove"), "--yes"]),
    st.sampled_from(["SA26-0001", "SA26-0003"]).map(lambda sale: ["delivery", "sign", sale, "--by", "本人"]),
    st.sampled_from(["SA26-0001/1", "SA26-0003/1"]).map(
        lambda unit: ["claim", "add", "--unit", unit, "--found-on", "today", "--symptom", "不制冷"]
    ),
    st.sampled_from(["CL26-0001", "CL26-0002"]).map(
        lambda claim: ["claim", "refuse", claim, "refund", "--reason", "不符合"]
    ),
    st.just(["promise", "add", "--to", "CU26-0001", "--what", "回电话", "--due", "tomorrow"]),
    st.just(["promise", "keep", "PM26-0002"]),
    st.just(["part", "add", "--name", "压缩机", "--number", "C1"]),
    st.just(["part", "receive", "PA26-0001", "--qty", "2"]),
    st.just(["policy", "new", "shop", "ours"]),
)
DAYS = st.lists(COMMANDS, min_size=1, max_size=6)
"""What is done in a day: commands that may be refused, some of which touch the same records."""


def _verb(record: str, verb: str) -> list[str]:
    kind, one = record.split()
    return [kind, verb, one]


def begin(root: Path) -> None:
    """The small shop in *root*, under git."""
    for file, text in {**FILES, "aftercare.yaml": SETTINGS}.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "begun"]):
        identity = ("-c", "user.name=Shop", "-c", "user.email=shop@example.org")
        subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)


def there_and_back(root: Path, day: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Do a day's commands in the book, take all of them back, bring them back; how many steps, and what went wrong."""
    wrong: list[str] = []
    states = [held(root)]
    for command in day:
        if done(root, *command) == 0 and held(root) != states[-1]:
            states.append(held(root))
    undos: list[str] = []
    for state in reversed(states[:-1]):
        if done(root, "undo", "--yes") != 0:
            wrong.append("an undo was refused")
            return len(states) - 1, wrong
        undos.append(head(root))
        wrong += _compared(held(root), state, "earlier")
        wrong += _sound(root)
    if done(root, "undo") != 5:
        wrong.append("something was left to undo")
    for undo, state in zip(reversed(undos), states[1:], strict=True):
        if done(root, "undo", undo, "--yes") != 0:
            wrong.append("an undo could not be undone")
            break
        wrong += _compared(held(root), state, "later")
        wrong += _sound(root)
    if undos and held(root) != states[-1]:
        wrong.append("the end is another one")
    return len(states) - 1, wrong


def _compared(found: Files, expected: Files, when: str) -> list[str]:
    """What is not as it was; a file that there was not may be a tombstone."""
    other = [f"{when}: {file} is another" for file, data in expected.items() if found.get(file) != data]
    more = [file for file in found if file not in expected and not _is_tombstone(found[file])]
    return other + [f"{when}: {file} is left" for file in more]


def _is_tombstone(data: bytes) -> bool:
    try:
        removed = read(data, "").get("removed")
    except Unreadable:
        return False
    return isinstance(removed, dict) and removed.get("reason") == "undone"


def _sound(root: Path) -> list[str]:
    """What ``check`` finds in the references and the files."""
    codes = [done(root, "check", "files"), done(root, "check", "references")]
    dirty = subprocess.run(["git", "status", "--porcelain"], cwd=root, check=True, capture_output=True).stdout
    return ["check found something"] * any(codes) + ["not committed"] * bool(dirty)


def done(root: Path, *words: str) -> int:
    """Run a command in the book; its exit code."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return run(["-C", str(root), "--today", "2026-03-10", *words])


def held(root: Path) -> Files:
    """Every file of the book."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    named = ((path.relative_to(root).as_posix(), path) for path in found)
    return {name: path.read_bytes() for name, path in named if not name.startswith((".git/", ".aftercare/"))}


def head(root: Path) -> str:
    """The newest commit."""
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.strip()
