"""What is installed is the whole tool, however it was installed; ``make test-install``.

Wheel and sdist are built from a copy of the checkout and installed into fresh environments: by pipx, by uv, with the
lowest and with the newest of everything that ``setup.cfg`` allows.  These tests are apart from the others since they
need an index of packages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.extras import ROOT, WANTS, WORKBOOK, sentence
from tests.install.fresh import LITTER, UV, checkout, environment, installed, said

CORE = (
    "tests/commands/test_adding.py",  # pydantic, filelock
    "tests/commands/test_due.py",  # click
    "tests/commands/test_imports.py",  # openpyxl
    "tests/commands/test_policy_calendar.py",  # holidays
    "tests/plain/test_lunar.py",  # lunar_python
    "tests/plain/test_names.py",  # pypinyin
    "tests/plain/test_phones.py",  # phonenumberslite
    "tests/plain/test_reading.py",  # PyYAML
    "tests/plain/test_text.py",  # wcwidth
    "tests/render/test_charts.py",  # pygal
    "tests/render/test_columns.py",  # tabulate
    "tests/render/test_letter.py",  # Jinja2
    "tests/render/test_qr.py",  # segno
)
"""A touch of every dependency, within half a minute; where the clock's zones are asked, tzdata is too."""
DEVELOPED = (".ci/", ".gitignore")
"""What is nobody's but the project's own."""


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """Where everything is built and installed; environments are large, so they do not stay."""
    with tempfile.TemporaryDirectory(prefix="aftercare-install-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def source(scratch: Path) -> Path:
    """The checkout, as whoever fetched it has it."""
    return checkout(scratch / "source")


@pytest.fixture(scope="session")
def building(scratch: Path, source: Path) -> str:
    """What the build printed; both packages lie in ``dist`` then, the wheel made from the sdist."""
    return said([sys.executable, "-m", "build", "--outdir", scratch / "dist", source], at=scratch)


@pytest.fixture(scope="session")
def wheel(scratch: Path, building: str) -> Path:
    """The wheel."""
    assert "Successfully built" in building
    return next((scratch / "dist").glob("*.whl"))


@pytest.fixture(scope="session")
def unpacked(scratch: Path, wheel: Path) -> Path:
    """The sdist without its code: what is tested there is what was installed."""
    assert wheel.exists()
    (scratch / "sdist").mkdir()
    subprocess.run(["tar", "-xzf", next((scratch / "dist").glob("*.tar.gz")), "-C", scratch / "sdist"], check=True)
    return next((scratch / "sdist").iterdir())


def tracked() -> set[str]:
    """Every file of the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return set(listed.decode().split("\0")) - {""}


def test_the_build_has_nothing_to_warn_of(building: str) -> None:
    """Neither setuptools nor build warns, but that nothing was compiled and nothing had to be left out."""
    told = [line for line in building.splitlines() if "warning" in line.lower() or "deprecat" in line.lower()]
    harmless = ("byte-compiling is disabled", "no previously-included files matching '*.py[cod]'")
    assert [line for line in told if not any(words in line for words in harmless)] == []


def test_the_wheel_holds_the_whole_package_and_the_pages_of_man(wheel: Path) -> None:
    """Every file under ``aftercare/`` but the sentences as they are translated, which were compiled; no tests."""
    with zipfile.ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
        metadata = next(packed.read(name) for name in packed.namelist() if name.endswith("METADATA")).decode()
    code = {name for name in tracked() if name.startswith("aftercare/") and not name.endswith(".po")}
    pages = {name for name in tracked() if name.startswith("man/")}
    data = "aftercare_book-0.1.0.data/data/share"
    assert held == code | {f"{data}/{name}" for name in pages}
    assert "Keywords: after-sales service,customer service,warranty" in metadata


def test_the_sdist_is_the_whole_project(unpacked: Path) -> None:
    """Whoever packages it for a distribution can run the tests and build the pages."""
    held = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    wanted = {name for name in tracked() if not name.startswith(DEVELOPED)}
    assert wanted <= held
    left = {name for name in held - wanted if not name.startswith("aftercare_book.egg-info/")}
    assert left == {"PKG-INFO"}


def run_through(program: Path, at: Path) -> None:
    """A book is begun, written to and asked, by a program that stands alone."""
    at.mkdir()
    begun = ["init", "shop", "--name", "阳光家电", "--country", "CN", "--no-git"]
    assert said([program, "--version"], at=at) == "aftercare 0.1.0\n"
    assert said([program, *begun], at=at).startswith("shop\n")
    sold = "sale add --name 王建国 --phone 12100138000 --product 空调 --price 3299 --deliver-by today"
    said([program, "-C", "shop", "product", "add", "--name", "空调", "--category", "空调"], at=at)
    assert "promises SA26-0001/1/deliver" in said([program, "-C", "shop", *sold.split()], at=at)
    assert "SA26-0001/1/deliver" in said([program, "-C", "shop", "due", "--exit-code"], at=at, code=1)
    said([program, "-C", "shop", "report", "report.html"], at=at)
    assert "三包" in said([program, "--lang", "zh", "policy", "list"], at=at)


def test_pipx_installs_from_the_checkout(source: Path, scratch: Path) -> None:
    """The program works, and ``man`` finds its pages."""
    home = scratch / "pipx"
    env = environment(PIPX_HOME=str(home), PIPX_BIN_DIR=str(home / "bin"), PIPX_MAN_DIR=str(home / "man"))
    said([Path(sys.executable).parent / "pipx", "install", "--python", sys.executable, source], at=scratch, env=env)
    run_through(home / "bin" / "aftercare", scratch / "by-pipx")
    assert {page.name for page in (home / "man" / "man1").iterdir()} == {
        page.name for page in (ROOT / "man" / "man1").iterdir()
    }


def test_uv_installs_from_the_checkout(source: Path, scratch: Path) -> None:
    """The program works, and the pages lie where the README says."""
    home = scratch / "uv"
    env = environment(UV_TOOL_DIR=str(home / "tools"), UV_TOOL_BIN_DIR=str(home / "bin"))
    said([UV, "tool", "install", "--quiet", "--python", sys.executable, source], at=scratch, env=env)
    run_through(home / "bin" / "aftercare", scratch / "by-uv")
    share = Path(said([UV, "tool", "dir"], at=scratch, env=env).strip()) / "aftercare-book" / "share" / "man"
    assert (share / "man1" / "aftercare-due.1").exists()
    assert (share / "zh" / "man1" / "aftercare-due.1").exists()


def test_without_extras_each_explains_itself(wheel: Path, scratch: Path) -> None:
    """In an environment that holds the core alone, everything else works, and what needs more says which extra."""
    programs = installed(scratch / "bare", wheel)
    at = scratch / "without"
    run_through(programs / "aftercare", at)
    shutil.copytree(ROOT / "data", at / "sample", ignore=LITTER)
    (at / "customers.xlsx").write_bytes(WORKBOOK)
    for extra, wants in WANTS.items():
        asked: list[str | Path] = [programs / "aftercare", "-C", "sample", *wants.words.split()]
        assert sentence(extra) in said(asked, at=at, code=wants.exit_code)


@pytest.mark.parametrize("lowest", [True, False], ids=["lowest", "newest"])
def test_the_core_works_on_every_dependency_that_is_allowed(
    lowest: bool, wheel: Path, unpacked: Path, scratch: Path
) -> None:
    """The tests of the sdist pass on what was installed, at the lowest bounds of ``setup.cfg`` and at the newest."""
    bounds = scratch / f"bounds-{lowest}.txt"
    bounds.write_text("".join(f"{least_of(line)}\n" if lowest else f"{line}\n" for line in bounded()), encoding="utf-8")
    programs = installed(
        scratch / f"lowest-{lowest}", "--constraints", bounds, f"aftercare-book[test] @ file://{wheel}"
    )
    code = shutil.ignore_patterns("aftercare", "*.egg-info")
    at = Path(shutil.copytree(unpacked, scratch / f"tests-lowest-{lowest}", ignore=code))
    run: list[str] = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--numprocesses", "2", *CORE]
    said([programs / "python", *run], at=at)


def bounded() -> list[str]:
    """What the core and its tests need, with the lowest release of each, as ``setup.cfg`` says it."""
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return (parser["options"]["install_requires"] + parser["options.extras_require"]["test"]).split()


def least_of(line: str) -> str:
    """The release that a bound begins with, and no other."""
    name, least = line.split(">=")
    return f"{name}=={least}"
