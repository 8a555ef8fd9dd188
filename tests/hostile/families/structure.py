"""What YAML can say and a file of the book may not: in two ways, by reference, typed, twice."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import Case
from tests.hostile.made import HEAD, found, kept, refused

_TAGS = {
    "python-object": "!!python/object/apply:os.system ['touch /tmp/owned']",
    "python-name": "!!python/name:os.system",
    "python-module": "!!python/module:os",
    "python-tuple": "!!python/tuple [a]",
    "int": "!!int 3",
    "float": "!!float 3",
    "str": "!!str 3",
    "binary": "!!binary aGFsbG8=",
    "set": "!!set {a}",
    "omap": "!!omap [a: 1]",
    "timestamp": "!!timestamp 2026-01-01",
    "null": "!!null ''",
    "local": "!thing x",
    "nothing": "! x",
    "verbatim": "!<tag:yaml.org,2002:str> x",
    "map": "!!map {a: 1}",
    "ruby": "!ruby/object:Gem::Installer {i: x}",
    "java": "!!javax.script.ScriptEngineManager []",
}
_MARKS = {"ours": "<<<<<<< HEAD", "between": "=======", "theirs": ">>>>>>> theirs", "base": "||||||| base"}
_SYNTAX = {
    "open-bracket": ("note: [a, b\n", 4),
    "open-brace": ("note: {a: b\n", 4),
    "open-single-quote": ("note: 'a\n", 4),
    "open-double-quote": ('note: "a\n', 4),
    "tab-indents": ("address:\n\ttext: x\n", 4),
    "colon-in-plain": ("note: a: b\n", 3),
    "stray-bracket": ("note: ]\n", 3),
    "stray-brace": ("note: }\n", 3),
    "comma-first": ("note: [, a]\n", 3),
    "dash-in-line": ("note: - a\n", 3),
    "at-sign": ("note: @a\n", 3),
    "backtick": ("note: `a\n", 3),
    "percent": ("note: %a\n", 3),
    "text-after-quote": ("note: 'a' b\n", 3),
    "bad-escape": ('note: "\\q"\n', 3),
    "bad-hex": ('note: "\\xZZ"\n', 3),
    "short-hex": ('note: "\\u12"\n', 3),
    "no-colon": ("note\n", 4),
    "outdented": ("address:\n    text: x\n  area: y\n", 5),
    "list-after-key": ("tags:\n- a\nb\n", 6),
    "block-header": ("note: |x\n  a\n", 3),
    "block-indent-zero": ("note: |0\n  a\n", 3),
    "missing-comma": ("note: {a: b c: d}\n", 3),
}


def _bombs() -> Iterator[Case]:
    """Little files that would fill any memory, if a reader followed what they say."""
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    yield refused("bomb-of-aliases", f"{HEAD}a0: &a0 x\n{levels}", *(f"{line}: anchor" for line in range(3, 14)))
    merges = "".join(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}\n" for n in range(1, 20))
    lines = (f"{line}: {code}" for line in range(4, 23) for code in ("anchor", "merge-key"))
    yield refused("bomb-of-merges", f"{HEAD}m0: &m0 {{a: b}}\n{merges}", "3: anchor", *lines)
    yield refused("alias-to-itself", f"{HEAD}a: &a [*a]\n", "3: anchor")
    yield refused("ten-thousand-aliases", f"{HEAD}a: &a x\nb: [{', '.join(['*a'] * 10_000)}]\n",
                  "3: anchor", "4: anchor")  # fmt: skip


def cases() -> Iterator[Case]:
    """Duplicates, tags, anchors, bombs, documents, marks of a conflict, and what is no YAML at all."""
    for name, tag in _TAGS.items():
        yield refused(f"tag-{name}", f"{HEAD}note: {tag}\n", "3: tag")
    yield refused("tag-on-a-key", f"{HEAD}!!str note: x\n", "3: tag")
    yield refused("tag-on-the-file", f"!!map\n{HEAD}", "1: tag")
    yield refused("tag-directive", f"%TAG ! tag:x,2000:\n---\n{HEAD}", "1: tag")
    yield kept("yaml-directive", f"%YAML 1.2\n---\n{HEAD}", name="李四")
    yield kept("yaml-directive-1.1", f"%YAML 1.1\n---\n{HEAD}", name="李四")
    yield refused("yaml-directive-2", f"%YAML 2.0\n---\n{HEAD}", "1: yaml-syntax")
    yield refused("yaml-directive-twice", f"%YAML 1.1\n%YAML 1.1\n---\n{HEAD}", "2: yaml-syntax")
    yield refused("thousand-tag-directives", "".join(f"%TAG !a{n}! tag:x:\n" for n in range(1000)) + f"---\n{HEAD}",
                  "1: tag")  # fmt: skip
    yield refused("duplicate-key", f"{HEAD}name: 王五\n", "3: duplicate-key")
    yield refused("duplicate-by-quotes", f'{HEAD}"name": 王五\n', "3: duplicate-key")
    yield refused("duplicate-by-single-quotes", f"{HEAD}'name': 王五\n", "3: duplicate-key")
    yield refused("duplicate-by-escape", f'{HEAD}"na\\x6de": 王五\n', "3: duplicate-key")
    yield refused("duplicate-by-question-mark", f"{HEAD}? name\n: 王五\n", "3: duplicate-key")
    yield refused("duplicate-inside", f"{HEAD}address:\n  text: a\n  text: b\n", "5: duplicate-key")
    yield refused("duplicate-in-flow", f"{HEAD}address: {{text: a, text: b}}\n", "3: duplicate-key")
    yield refused("duplicate-in-a-list", f"{HEAD}needs: [{{a: 1, a: 2}}]\n", "3: duplicate-key")
    yield refused("duplicate-unknown-key", f"{HEAD}xyz: 1\nxyz: 2\n", "4: duplicate-key")
    yield refused("duplicate-id", f"{HEAD}id: CU26-0001\n", "3: duplicate-key")
    yield found("keys-of-two-normal-forms", f"{HEAD}caf\u00e9: 1\ncafe\u0301: 2\n", "3: unknown-key", "4: unknown-key")
    yield found("keys-of-two-cases", f"{HEAD}Name: 王五\n", "3: unknown-key", name="李四")
    yield found("key-full-width", f"{HEAD}ｎｏｔｅ: x\n", "3: unknown-key", note=None)
    yield refused("key-empty", f"{HEAD}'': x\n", "3: bad-key")
    yield refused("key-missing", f"{HEAD}: x\n", "3: yaml-syntax")
    yield refused("key-null", f"{HEAD}~: x\n", "3: bad-key")
    yield refused("key-list", f"{HEAD}? [a, b]\n: x\n", "3: bad-key")
    yield refused("key-mapping", f"{HEAD}? {{a: b}}\n: x\n", "3: bad-key")
    yield refused("key-of-lines", f'{HEAD}"a\\nb": x\n', "3: bad-key")
    yield found("key-100", f"{HEAD}{'k' * 100}: x\n", "3: unknown-key")
    yield refused("key-101", f"{HEAD}{'k' * 101}: x\n", "3: bad-key")
    yield refused("anchor", f"{HEAD}note: &a x\n", "3: anchor")
    yield refused("alias", f"{HEAD}note: &a x\naddress: *a\n", "3: anchor", "4: anchor")
    yield refused("alias-unknown", f"{HEAD}note: *nobody\n", "3: anchor")
    yield refused("anchor-on-a-key", f"{HEAD}&a note: x\n", "3: anchor")
    yield refused("anchor-on-the-file", f"&a\n{HEAD}", "1: anchor")
    yield refused("alias-as-a-key", f"{HEAD}note: &a x\n*a : y\n", "3: anchor", "4: anchor")
    yield refused("merge-key", f"{HEAD}<<: {{note: x}}\n", "3: merge-key")
    yield found("merge-key-quoted", f"{HEAD}'<<': x\n", "3: unknown-key")
    yield from _bombs()
    yield refused("two-documents", f"{HEAD}---\nid: CU26-0003\n", "3: several-documents")
    yield refused("second-document-empty", f"{HEAD}---\n", "3: several-documents")
    yield refused("after-the-end", f"{HEAD}...\nid: CU26-0003\n", "4: yaml-syntax")
    yield kept("document-marks", f"---\n{HEAD}...\n", name="李四")
    yield refused("text-after-start", f"--- x\n{HEAD}", "1: not-a-mapping", "2: yaml-syntax")
    yield refused("empty", "", "1: empty-file")
    yield refused("blank", " \n\n  \n", "1: empty-file")
    yield refused("only-a-comment", "# nothing\n", "1: empty-file")
    yield refused("only-a-mark", "---\n", "1: empty-file")
    yield refused("only-a-bom", b"\xef\xbb\xbf", "1: empty-file")
    yield refused("only-null", "~\n", "1: empty-file")
    yield refused("only-a-tab", "\t\n", "1…")
    yield refused("a-list", "- id: CU26-0002\n", "1: not-a-mapping")
    yield refused("a-text", "李四\n", "1: not-a-mapping")
    yield refused("a-quoted-text", "'id: CU26-0002'\n", "1: not-a-mapping")
    yield refused("a-number", "42\n", "1: not-a-mapping")
    yield refused("empty-mapping", "{}\n", "1: missing", "1: missing")
    yield refused("empty-list", "[]\n", "1: not-a-mapping")
    yield refused("json-cut-off", '{"id": "CU26-0002", "name": \n', "2: yaml-syntax")
    yield kept("json", '{"id": "CU26-0002", "name": "No"}', name="No")
    for name, mark in _MARKS.items():
        yield refused(f"conflict-{name}", f"{HEAD}{mark}\nnote: x\n", "3: conflict-marker")
    yield refused("conflict-whole", f"{HEAD}<<<<<<< HEAD\nnote: a\n=======\nnote: b\n>>>>>>> theirs\n",
                  "3: conflict-marker", "5: conflict-marker", "7: conflict-marker")  # fmt: skip
    yield refused("conflict-crlf", f"{HEAD}<<<<<<< HEAD\r\nnote: x\r\n", "3: conflict-marker")
    yield refused("conflict-in-a-text", f"{HEAD}note: |\n  a\n=======\n  b\n", "5: conflict-marker")
    yield kept("line-of-signs-in-a-text", f"{HEAD}note: |\n  a\n  =======\n", note="a\n=======\n")
    for name, (text, line) in _SYNTAX.items():
        yield refused(f"syntax-{name}", HEAD + text, f"{line}: yaml-syntax")
    yield refused("python-code", "import os\nos.system('x')\n", "1…")
    yield refused("html", "<html><body>404</body></html>\n", "1: not-a-mapping")
    yield refused("a-zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "1…")
    yield refused("a-picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "1: not-utf8")
    yield refused("nuls-of-a-broken-disk", b"\0" * 4096, "1: control-character")
