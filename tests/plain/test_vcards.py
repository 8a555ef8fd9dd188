"""Address books of any age are read in one way, or refused with the line that is at fault."""

from __future__ import annotations

import time

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.vcards import LONGEST, read


def card(*lines: str | bytes, version: str = "3.0") -> bytes:
    """A card with these lines."""
    inner = [line.encode() if isinstance(line, str) else line for line in lines]
    return b"\r\n".join([b"BEGIN:VCARD", f"VERSION:{version}".encode(), *inner, b"END:VCARD", b""])


def said(data: bytes, name: str = "FN") -> str:
    """What the one card of a file says."""
    found = read(data, "a.vcf")
    assert found.faults == []
    (one,) = found.cards
    return one.first(name)


def fault(data: bytes) -> tuple[int, str]:
    """Where, and by which code, the one fault of a file is."""
    (one,) = read(data, "a.vcf").faults
    return one.line, one.code


QP = "=E7=8E=8B=E5=BB=BA=\r\n=E5=9B=BD"


@pytest.mark.parametrize(
    "data",
    [
        card("FN:王建国"),
        b"\xef\xbb\xbf" + card("FN:王建国"),
        card("FN:王建国").replace(b"\r\n", b"\n"),
        card("FN:王建国").decode().encode("utf-16"),
        card("FN:王建国").decode().encode("gb18030"),
        card("FN;CHARSET=GBK:王建国".encode("gbk"), version="2.1"),
        card(b"FN;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:=CD=F5=BD=A8=B9=FA", version="2.1"),
        card(f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{QP}", version="2.1"),
        card(f"FN;QUOTED-PRINTABLE;CHARSET=UTF-8:{QP}", version="2.1"),
        card('item1.fn;X-A="b;c:d":王建国'),
        card("FN;LANGUAGE=zh:王建国", version="4.0"),
        card("FN:王".encode() + "建".encode()[:1] + b"\r\n " + "建".encode()[1:] + "国".encode()),
        card("FN:王建\r\n\t国"),
        card("FN:王建国", "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 60, *[" " + "A" * 70] * 99),
        card("PHOTO;ENCODING=BASE64:AAAA", "  BBBB", "", "FN:王建国", version="2.1"),
        card("PHOTO:data:image/jpeg;base64," + "A" * (LONGEST + 9), "FN:王建国", version="4.0"),
    ],
    ids=range(16),
)
def test_the_same_name_in_every_dress(data: bytes) -> None:
    """Versions, encodings, folds and pictures make no difference to what is read."""
    assert said(data) == "王建国"


@pytest.mark.parametrize(
    ("line", "name", "text", "version"),
    [
        ("NOTE:a\\nb\\Nc\\, d\\; e\\\\n", "NOTE", "a\nb\nc, d; e\\n", "3.0"),
        ("NOTE:C:\\new\\;x", "NOTE", "C:\\new;x", "2.1"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab", "NOTE", "a\nb", "2.1"),
        ("NOTE:a", "note", "", "3.0"),
        ("URL:http\\://x", "URL", "http://x", "3.0"),
    ],
)
def test_what_is_escaped_is_meant(line: str, name: str, text: str, version: str) -> None:
    """Each version by its own rule."""
    assert said(card("FN:x", line, version=version), name) == text


def test_parts_and_kinds() -> None:
    """Components are cut where the sign is not escaped; types come as lists, repeated, or bare."""
    (one,) = read(card("N:a\\;b;c,d;;", "TEL;TYPE=cell,pref:1", "TEL;HOME;VOICE:2"), "a.vcf").cards
    assert one.all("N")[0].parts(";") == ["a;b", "c,d", "", ""]
    assert [tel.params["TYPE"] for tel in one.all("TEL")] == [("cell", "pref"), ("HOME", "VOICE")]
    assert [tel.line for tel in one.all("TEL")] == [4, 5]


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"", 1, "not-a-vcard"),
        (b"PK\x03\x04zip", 1, "not-a-vcard"),
        ("姓名,电话\n王,138\n".encode(), 1, "not-a-vcard"),
        (card("FN:a") + b"x\r\n" + card("FN:b"), 5, "line"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:a\r\n" + card("FN:b"), 1, "card-open"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:a\r\n", 1, "card-open"),
        (card("FN:a") + b"END:VCARD\r\n", 5, "card-open"),
        (card("FN:a", version="5.0"), 1, "version"),
        (b"BEGIN:VCARD\r\nFN:a\r\nEND:VCARD\r\n", 1, "version"),
        (card("FN:a", "no colon"), 4, "line"),
        (card("FN:a", '"x":y'), 4, "line"),
        (card("FN:a", 'TEL;TYPE="x:y'), 4, "line"),
        (card("FN:a\0b"), 3, "control-character"),
        (card("FN:a\x1b[2Jb"), 3, "control-character"),
        (card("FN;ENCODING=QUOTED-PRINTABLE:a=00b", version="2.1"), 3, "control-character"),
        (card("FN;CHARSET=KLINGON:a"), 3, "encoding"),
        (card("FN;CHARSET=rot13:a"), 3, "encoding"),
        (card(b"FN:Jos\xe9"), 3, "encoding"),
        (card(b"FN;CHARSET=UTF-8:\xcd\xf5"), 3, "encoding"),
        (card("FN:" + "a" * (LONGEST + 1)), 3, "too-long"),
        (card("FN:a", "AGENT:", "begin:vcard x"), 5, "card-nested"),
    ],
    ids=range(21),
)
def test_what_cannot_be_read_is_refused_with_its_line(data: bytes, line: int, code: str) -> None:
    """One fault each, and no card of it; the cards around it are read."""
    assert fault(data) == (line, code)
    assert all(one.first("FN") in {"a", "b"} for one in read(data, "a.vcf").cards)


def test_a_card_within_a_card() -> None:
    """Neither the outer card nor what is left of it is anybody."""
    found = read(b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:a\r\nAGENT:\r\n" + card("FN:b") + b"END:VCARD\r\n", "a.vcf")
    assert [(one.line, one.code) for one in found.faults] == [(1, "card-open"), (9, "card-open")]
    assert [one.first("FN") for one in found.cards] == ["b"]


@pytest.mark.parametrize(
    "data",
    [
        card("a" * 3_000_000),
        card('"' * 3_000_000),
        card("TEL" + ";a" * 1_000_000),
        card("FN:" + "\\" * 3_000_000),
        b"BEGIN:VCARD\n" * 30_000,
        card(*["a:b"] * 20_000),
        b"\n" * 300_000,
    ],
    ids=range(7),
)
def test_long_lines_take_no_longer_for_their_length(data: bytes) -> None:
    """What is large is read, or refused, in the time that its length asks for."""
    begun = time.process_time()
    read(data, "a.vcf")
    assert time.process_time() - begun < 3


@given(st.binary(max_size=300))
def test_no_bytes_surprise(data: bytes) -> None:
    """Whatever stands in a card or around it, there are cards and faults, and nothing else happens."""
    for whole in (data, card(data), card(b"FN;ENCODING=QUOTED-PRINTABLE:" + data, version="2.1")):
        found = read(whole, "a.vcf")
        assert found.cards or found.faults


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1), st.sampled_from(["3.0", "4.0"]))
def test_what_vobject_writes_is_read(text: str, version: str) -> None:
    """Another program's cards say the same here."""
    written = vobject.vCard()
    written.add("fn").value = text
    written.add("n").value = vobject.vcard.Name(family=text)
    data = written.serialize().replace("VERSION:3.0", f"VERSION:{version}").encode()
    (one,) = read(data, "a.vcf").cards
    assert one.all("FN")[0].text() == text
    assert one.all("N")[0].parts(";")[0] == text


def test_a_line_break_in_an_address_does_not_make_it_latin() -> None:
    r"""Old phones write ``\n`` into addresses: the whole book of such a phone was refused for the letter in it."""
    data = card(*(line.encode("gbk") for line in ("FN:孙悟空", "ADR:;;中山路100号\\n后门;杭州;浙江;;")))
    assert said(data) == "孙悟空"


@pytest.mark.parametrize(
    "data",
    [
        card(b"FN:x", b"TEL" + b";x" * 2_000_000 + b":1"),
        b"BEGIN:VCARD\r\n" * 300_000,
    ],
    ids=["parameters", "cards"],
)
def test_what_no_phone_writes_is_not_worked_through(data: bytes) -> None:
    """Millions of parameters took minutes, and millions of cards a gigabyte, before anything was refused."""
    begun = time.process_time()
    (found,) = read(data, "a.vcf").faults
    assert found.code in {"too-long", "too-large"}
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("head", ["PHOTO;ENCODING=BASE64;JPEG:", "PHOTO;JPEG;BASE64:/9j/", "X-PIC;ENCODING=b:"])
def test_a_picture_that_is_not_folded_is_passed_over(head: str) -> None:
    """Phones that write pictures without the blank in front had every card with a picture refused, and so the book."""
    data = card(
        "N:王;建国;;;",
        head,
        "",
        "/9j/4AAQSkZJRgABAQAASABIAAD",
        "AAEQAQADAQAA==",
        "",
        "TEL;CELL:13800138000",
        version="2.1",
    )
    (found,) = read(data, "a.vcf").cards
    assert [one.name for one in found.properties][-1] == "TEL"
    assert found.first("TEL") == "13800138000"
