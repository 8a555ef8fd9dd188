"""A book in which every free text ends in a payload, and the commands that print it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import yaml

from tests import every_verb
from tests.every_verb import EDITABLE

QUESTIONS = (
    *("due --within 400d", "due --within 400d --how", "balance", "balance --per person", "check", "check --all"),
    *("find 王", "find 空调", "customer find 王", "quality", "staff work", "staff trainings", "customer kindness"),
    *("customer timeline CU26-0001", "customer tree", "customer out-of-touch", "customer benefits CU26-0001"),
    *("quality --words", "quality --per age", "quality --per month"),
    *("product units PR26-0001", "product quality PR26-0001", "product services PR26-0001"),
    *("sale owed SA26-0001", "unit list", "unit show SA26-0001/1", "unit remedies SA26-0001/1", "part stock"),
    *(
        "claim check CL26-0002",
        "claim check CL26-0002 --why",
        "complaint progress CO26-0002",
        "policy explain CL26-0002",
    ),
    *(
        "promise show PM26-0001",
        "promise show SA26-0001/1/deliver",
        "enquiry list --where about=PR26-0001",
        "wish progress WI26-0001",
    ),
    *(
        "offer sales OF26-0001",
        "offer cost OF26-0001",
        "event guests EV26-0001",
        "points balance",
        "points ledger CU26-0001",
    ),
    *(
        "policy list",
        "policy show 空调",
        "policy credo",
        "policy check",
        "policy ask CL26-0002",
        "customer show CU26-0002",
    ),
    *("sql 'SELECT * FROM customers'", "sql 'SELECT * FROM sales JOIN sale_items ON sale = id'"),
    *("sql 'SELECT * FROM findings'", "sql 'SELECT * FROM claims, claim_repairs'", "sql --tables sales"),
    *("policy upcoming", "installation show IN26-0001", "show DE26-0001", "promise list"),
    *(f"{noun} list" for noun in EDITABLE),
    *(f"{noun} show {ref}" for noun, ref in EDITABLE.items()),
)
"""What is asked of the book, each of which prints words of it."""
PAPERS = (
    *("delivery sheet DE26-0001", "sale label SA26-0002", "installation sheet IN26-0001", "unit card SA26-0002/2"),
    *("claim slip CL26-0002", "claim receipt CL26-0002", "claim letter CL26-0002", "product leaflet PR26-0001"),
    *("promise apology SA26-0001/1/deliver", "promise apology PM26-0002"),
)
EXPORTS = ("export calendar --days 400", "export calendar --as todo --all --days 400", "export contacts --staff")
"""What other programs read of the book."""
ARGUMENTS = tuple(
    line.split()
    for line in (
        "find {}",
        "show {}",
        "customer show {}",
        "customer find {}",
        "{}",
        "customer {}",
        "due {}",
        "due --{}",
        "due -{}",
        "due --format {}",
        "due --format={}",
        "--lang {}",
        "due --sort {}",
        "due --fields {} --format csv",
        "customer list --where {}",
        "customer list --where {}=x",
        "customer list --where name={} --fields {}",
        "due --within {}",
        "sql {}",
        "sql --tables {}",
        "sql --timeout {}",
        "due --by {}",
        "due --what {}",
        "due --limit {}",
        "due --today {}",
        "due --as-of {}",
        "-C {} due",
        "balance --period {}",
        "balance --per {}",
        "check {}",
        "accept {} --reason {}",
        "policy show {}",
        "policy test {}",
        "policy check {}",
        "policy new shop {}",
        "policy calendar {}",
        "policy calendar 2026 --country {}",
        "policy explain {}",
        "policy sources --{}",
        "import {} x",
        "import customer {}",
        "import contacts {}",
        "export calendar --for {}",
        "export {}",
        "import customer customers.csv --map {}",
        "customer add --from {}",
        "customer add --name {} --phone {}",
        "customer add --name x --birthday {}",
        "customer add --name x --need {}",
        "product add --name {} --category {}",
        "customer set CU26-0001 {}",
        "customer set CU26-0001 {}=x",
        "customer set CU26-0001 name={}",
        "sale add --customer {}",
        "sale add --customer CU26-0001 --product {}",
        "sale add --customer CU26-0001 --item {}=x",
        "sale add --product PR26-0001 --price {}",
        "sale add --customer CU26-0001 --product PR26-0001 --serials {}",
        "delivery sign {} --by {}",
        "delivery postpone DE26-0002 --to {} --reason {}",
        "claim repair CL26-0001 {}",
        "claim repair CL26-0001 in --{}",
        "claim decide CL26-0001 {}",
        "claim check CL26-0001 --on {}",
        "claim add --unit SA26-0001/1 --fact {}=x",
        "visit add --keeps {} --outcome reached",
        "promise add --to CU26-0001 --what {}",
        "promise keep {}",
        "promise show SA26-0001/1/{}",
        "unit show SA26-0001/{}",
        "delivery sheet DE26-0001 {}/x.html",
        "customer remove {} --yes",
        "customer edit {}",
        "init CU26-0001.yaml/{}",
        "--{} due",
        "staff add --certificate {} --name x",
    )
)
"""Command lines with places for a payload; few of them are right."""
MACHINE = ("json", "jsonl", "csv", "tsv", "yaml")
_OWN_PACK = """
id: ours
issuer: shop
title: {{en: {text}, zh: {text}}}
credo:
- {{id: word, text: {{en: {text}, zh: {text}}}}}
materials:
- {{id: pipe, en: {text}, zh: {text}, price: 120}}
"""


@cache
def _shop() -> Mapping[str, bytes]:
    return every_verb.base_book()


def book(payload: str, *, after: bool = True) -> dict[str, bytes]:
    """The files of a shop whose every free text, its own name and its own pack's words too, holds the payload.

    It stands *after* the words, or instead of them where they need not be found.
    """
    text = quoted("王" + payload if after else payload)
    files = {file: _poisoned(data, payload, after) for file, data in _shop().items() if file.endswith(".yaml")}
    settings = files["aftercare.yaml"].decode()
    lines = [line for line in settings.splitlines() if not line.startswith("shop:")]
    shop = [f"shop: {{name: {text}, address: {text}, phone: {text}, services: [{text}], hours: {text}}}"]
    return files | {
        "aftercare.yaml": "\n".join([*shop, *lines, ""]).encode(),
        "policies/ours.yaml": _OWN_PACK.format(text=text).encode(),
    }


def quoted(text: str) -> str:
    """A text as YAML writes it in quotes, whatever it holds."""
    return '"' + "".join(char if char.isalnum() else f"\\U{ord(char):08x}" for char in text) + '"'


def _poisoned(data: bytes, payload: str, after: bool) -> bytes:
    """A record's file with the payload in each text that is made of Chinese words."""
    text = data.decode()
    for start, end, value in reversed(list(_words_in(text))):
        text = text[:start] + quoted(value + payload if after else payload) + text[end:]
    return text.encode()


def _words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each value of Chinese words stands; the words of keys stay."""
    is_value = True
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.KeyToken):
            is_value = False
        elif isinstance(token, yaml.ValueToken):
            is_value = True
        elif isinstance(token, yaml.ScalarToken) and is_value and any("一" <= char <= "鿿" for char in token.value):
            yield token.start_mark.index, token.end_mark.index, token.value


def said_back(words: Sequence[str], payload: str) -> tuple[int, str, str]:
    """Run a command line with the payload in its places, as far as an argument can hold it; what it printed."""
    typable = payload.replace("\0", "").replace("\ud800", "").replace("\ufffe", "")
    return every_verb.typed(shlex.join(word.replace("{}", typable) for word in words))
