"""Ids that are paths or somebody else's, references that lead nowhere, elsewhere or round in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import BAD, FOUND, RECORD, WELL, Case
from tests.hostile.made import HEAD, found, kept, refused

_IDS = (
    "../../x", "/etc/passwd", "CU26-0002/../..", "SA26-0002", "CU25-0002", "CU26-0003", "cu26-0002", "CU26-2", "CU260002",
    "ＣＵ26-0002", "CU２６-0002", "CU26-٠٠٠٢", "CU26-0000", "CU26-9999999999", "CU26-0002 ", " CU26-0002", "CU26-0002.yaml",
    "CU26–0002", "CU26-0002/1", "XX26-0002", "-rf", "--help", "*", "2", "''", "CU26-0002\u200b", "%2e%2e",
)  # fmt: skip
_NOWHERE = (
    "CU26-0099", "CU26-0000", "cu26-0001", "CU26-1", "SA26-0001", "PR26-0001", "SA26-0001/1", "王建国", "../CU26-0001",
    "customers/2026/CU26-0001.yaml", "CU26-0001 ", "ＣＵ26-0001", "CU26-0001/1", "''", "*", "CU26-999999999", "/dev/zero",
)  # fmt: skip
_UNITS = ("SA26-0001", "SA26-0001/0", "SA26-0001/2", "SA26-0001/01", "SA26-0001/-1", "SA26-0001/1/1", "SA26-0001/",
          "SA26-0001/１", "SA26-0001/" + "9" * 5000, "/1", "SA26-0099/1", "CU26-0001", "CU26-0001/1", "1", "../1")  # fmt: skip
_CLAIM = "claims/2026/CL26-0002.yaml"
_CLAIMED = "id: CL26-0002\nreported_on: 2026-11-20\nfault: {found_on: 2026-11-20}\n"
_TOMBSTONE = "id: CU26-0003\nremoved: {on: 2026-11-20}\n"
_VISIT = "visits/2026/VI26-0001.yaml"
_VISITED = "id: VI26-0001\ncustomer: CU26-0001\nat: 2026-11-20\nchannel: phone\npurpose: other\noutcome: reached\n"
_PROMISES = ("SA26-0001/9/deliver", "SA26-0099/1/deliver", "../../x", "PM26-0099", "''", "SA26-0001/0/deliver",
             "SA26-0001/" + "9" * 5000 + "/deliver", "PM26-0001/deliver")  # fmt: skip
_NEVER_MADE = (
    "SA26-0001/1/nothing",
    "SA26-0001/1/call-back.99999999999999999999",
    "SA26-0001/1/deliver/../x",
    "SA26-0001/²",
)
"""No promise of a record that is there; that none has this name is no fault, since packs come and go."""


def cases() -> Iterator[Case]:
    """Ids, references of each shape, tombstones, ids had before, circles."""
    for number, text in enumerate(_IDS):
        quoted = text if text == "''" else f'"{text}"'
        name = f"id-{number}-{text.replace('/', '|')}"
        yield refused(name, f"name: 李四\nid: {quoted}\n", "2: id")
    yield refused("id-absent", "name: 李四\n", "1: missing")
    yield refused("id-null", "id:\nname: 李四\n", "1: missing")
    yield refused("id-a-list", "id: [CU26-0002]\nname: 李四\n", "1: shape")
    yield refused("id-unquoted-figure", "id: 26\nname: 李四\n", "1: id")
    for number, text in enumerate(_NOWHERE):
        quoted = text if text == "''" else f'"{text}"'
        name = f"referred-by-{number}-{text.replace('/', '|')}"
        yield found(name, f"{HEAD}referred_by: {quoted}\n", "3: reference", referred_by="" if text == "''" else text)
    for number, text in enumerate(_UNITS):
        name = f"unit-{number}-{text[:20].replace('/', '|')}"
        yield found(name, f'{_CLAIMED}unit: "{text}"\n', "4: reference", file=_CLAIM, unit=text)
    for number, text in enumerate(_PROMISES):
        quoted = text if text == "''" else f'"{text}"'
        yield found(f"keeps-{number}-{text[:20].replace('/', '|')}", f"{_VISITED}keeps: [{quoted}]\n", "7: promise",
                    file=_VISIT)  # fmt: skip
    for number, text in enumerate(_NEVER_MADE):
        yield kept(f"keeps-never-made-{number}", f'{_VISITED}keeps: ["{text}"]\n', file=_VISIT, keeps=[text])
    yield found(
        "brought-by-themselves", f"{HEAD}referred_by: CU26-0002\n", "3: referral-circle", referred_by="CU26-0002"
    )
    third = "customers/2026/CU26-0003.yaml"
    pair = {RECORD: f"{HEAD}referred_by: CU26-0003\n".encode(),
            third: b"id: CU26-0003\nname: x\nreferred_by: CU26-0002\n"}  # fmt: skip
    yield Case("brought-each-other", pair, FOUND, (f"{RECORD}:3: referral-circle", f"{third}:3: referral-circle"))
    chain = {f"customers/2026/CU26-{n:04}.yaml": f"id: CU26-{n:04}\nname: x\nreferred_by: CU26-{n + 1:04}\n".encode()
             for n in range(2, 1500)}  # fmt: skip
    chain["customers/2026/CU26-1500.yaml"] = b"id: CU26-1500\nname: x\n"
    yield Case("brought-by-a-chain-of-1500", chain, WELL)
    same = f"{_CLAIMED}unit: SA26-0001/1\n".replace("20}", "20, same_as: CL26-0002}")
    yield Case(
        "claim-same-as-itself", {_CLAIM: same.encode()}, WELL, shown={"CL26-0002": {"fault.same_as": "CL26-0002"}}
    )
    twin = "claims/2026/CL26-0003.yaml"
    yield Case("claims-same-as-each-other", {
        _CLAIM: same.replace("same_as: CL26-0002", "same_as: CL26-0003").encode(),
        twin: same.replace("id: CL26-0002", "id: CL26-0003").encode(),
    }, WELL, shown={"CL26-0002": {"fault.same_as": "CL26-0003"}})  # fmt: skip
    yield Case("refers-to-a-tombstone", {third: _TOMBSTONE.encode(), RECORD: f"{HEAD}referred_by: CU26-0003\n".encode()},
               FOUND, (f"{RECORD}:3: reference",))  # fmt: skip
    yield Case("refers-to-an-invalid-record", {third: b"id: [\n", RECORD: f"{HEAD}referred_by: CU26-0003\n".encode()},
               BAD, (f"{third}:2: yaml-syntax",))  # fmt: skip
    yield Case("tombstone", {RECORD: b"id: CU26-0002\nremoved: {on: 2026-11-20}\n"}, WELL)
    yield refused("tombstone-of-a-text", f"{HEAD}removed: yes\n", "3: shape")
    yield refused("tombstone-of-a-list", f"{HEAD}removed: [2026-11-20]\n", "3: shape")
    yield refused("tombstone-of-another", "id: CU26-0001\nremoved: {on: 2026-11-20}\n", "1: id")
    yield Case("tombstone-without-an-id", {RECORD: b"removed: {on: 2026-11-20}\n"}, WELL)
    yield Case("tombstone-on-no-date", {RECORD: b"id: CU26-0002\nremoved: {on: gestern}\n"}, WELL)
    yield Case(
        "tombstone-with-more", {RECORD: b"id: CU26-0002\nname: x\nremoved: {on: 2026-11-20, reason: y}\nz: 1\n"}, WELL
    )
    yield kept("formerly", f"{HEAD}formerly: [CU25-0007]\n", formerly=["CU25-0007"])
    yield kept("formerly-a-living-one", f"{HEAD}formerly: [CU26-0001]\n", formerly=["CU26-0001"])
    yield found("formerly-itself", f"{HEAD}formerly: [CU26-0002]\n", "3: formerly")
    yield found("formerly-of-another-kind", f"{HEAD}formerly: [SA26-0009]\n", "3: formerly")
    yield found("formerly-a-path", f"{HEAD}formerly: [../../x]\n", "3: formerly", formerly=["../../x"])
    yield Case("formerly-claimed-twice", {
        RECORD: f"{HEAD}formerly: [CU25-0007]\n".encode(),
        third: b"id: CU26-0003\nname: x\nformerly: [CU25-0007]\n",
    }, FOUND, (f"{third}:3: formerly",))  # fmt: skip
    yield Case("formerly-each-other", {
        RECORD: f"{HEAD}formerly: [CU26-0003]\n".encode(),
        third: b"id: CU26-0003\nname: x\nformerly: [CU26-0002]\n",
    }, WELL)  # fmt: skip
    yield found("unknown-fields-are-kept", f"{HEAD}adress: x\n__proto__: y\n_id: z\nmodel_config: w\nmodel_extra: v\n",
                *(f"{line}: unknown-key" for line in range(3, 8)))  # fmt: skip
    yield found("unknown-field-of-a-part", f"{HEAD}address:\n  text: x\n  flor: 3\n", "5: unknown-key")
    sale = "sales/2026/SA26-0002.yaml"
    yield Case("sale-without-lines", {sale: b"id: SA26-0002\ncustomer: CU26-0001\nsold_on: 2026-11-20\n"}, WELL)
    yield Case("sale-of-nobody", {sale: b"id: SA26-0002\ncustomer: CU26-0099\nsold_on: 2026-11-20\nitems: [{product: PR26-0099}]\n"},
               FOUND, (f"{sale}:2: reference", f"{sale}:4: reference"))  # fmt: skip
