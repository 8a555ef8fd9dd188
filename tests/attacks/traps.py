"""A book that somebody hands over, laid with traps: whatever of it runs leaves a file behind, a canary.

Each trap is a program that makes a file named after it.  The settings of git are in one repository together, as far
as they do not exclude one another; what changes where the repository is, is a book of its own.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests import every_verb

HOOKS = (
    *("applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-applypatch", "post-checkout", "post-commit"),
    *(
        "post-index-change",
        "post-merge",
        "post-receive",
        "post-rewrite",
        "post-update",
        "pre-applypatch",
        "pre-auto-gc",
    ),
    *("pre-commit", "pre-merge-commit", "pre-push", "pre-rebase", "pre-receive", "prepare-commit-msg", "proc-receive"),
    *("push-to-checkout", "reference-transaction", "sendemail-validate", "update"),
)
SETTINGS = {
    **{f"core.{name}": "{trap}" for name in ("fsmonitor", "sshCommand", "pager", "editor", "askPass", "gitProxy")},
    "core.alternateRefsCommand": "{trap}",
    "core.attributesFile": "{folder}/.evil-attributes",
    "core.excludesFile": "{folder}/.evil-ignore",
    **{f"alias.{name}": "!{trap}" for name in ("show", "status", "commit", "hash-object", "rev-parse", "update-index")},
    **{f"alias.{name}": "!{trap}" for name in ("commit-tree", "update-ref", "ls-tree", "cat-file", "config", "log")},
    "diff.external": "{trap}",
    **{f"diff.evil.{name}": "{trap}" for name in ("command", "textconv")},
    **{f"filter.evil.{name}": "{trap}" for name in ("clean", "smudge", "process")},
    "filter.evil.required": "false",
    "merge.evil.driver": "{trap}",
    "commit.gpgSign": "true",
    "tag.gpgSign": "true",
    "log.showSignature": "true",
    **{f"gpg{kind}.program": "{trap}" for kind in ("", ".openpgp", ".x509", ".ssh")},
    "gpg.ssh.defaultKeyCommand": "{trap}",
    "credential.helper": "!{trap}",
    "init.templateDir": "{folder}/.evil-template",
    "interactive.diffFilter": "{trap}",
    "sequence.editor": "{trap}",
    "uploadpack.packObjectsHook": "{trap}",
    "receive.procReceiveRefs": "refs",
    "ssh.variant": "simple",
    **{f"pager.{name}": "{trap}" for name in ("show", "log", "rev-parse", "config", "status")},
    "difftool.evil.cmd": "{trap}",
    "mergetool.evil.cmd": "{trap}",
    "man.evil.cmd": "{trap}",
    "browser.evil.cmd": "{trap}",
    "trailer.evil.command": "{trap}",
    "trailer.evil.cmd": "{trap}",
    "notes.rewriteRef": "refs/notes/*",
    "remote.origin.url": "ext::{trap}",
    "remote.origin.uploadpack": "{trap}",
    "remote.origin.receivepack": "{trap}",
    "remote.origin.vcs": "ext",
    "remote.origin.promisor": "true",
    "remote.origin.proxy": "http://127.0.0.1:9",
    "url.ext::{trap} .insteadOf": "https://",
    "http.proxy": "http://127.0.0.1:9",
    "protocol.ext.allow": "always",
    "protocol.allow": "always",
    "extensions.partialClone": "origin",
    "submodule.evil.update": "!{trap}",
    "submodule.recurse": "true",
    **{f"hook.evil{number}.command": "{trap}" for number in range(2)},
    "hook.evil0.event": "reference-transaction",
    "hook.evil1.event": "pre-commit",
    "trace2.eventTarget": "{canaries}/trace2-event",
    "trace2.normalTarget": "{canaries}/trace2-normal",
    "trace2.perfTarget": "{canaries}/trace2-perf",
    "maintenance.strategy": "incremental",
    "gc.auto": "1",
    "gc.recentObjectsHook": "{trap}",
    "fetch.recurseSubmodules": "true",
    "core.untrackedCache": "true",
}
"""Settings of git that name a program or a place, each with what a trap puts there."""
MODULES = (
    *("yaml", "click", "pydantic", "filelock", "tabulate", "jinja2", "weasyprint", "segno", "openpyxl", "pypinyin"),
    *("sitecustomize", "usercustomize", "aftercare", "holidays", "gettext", "json", "csv", "subprocess", "conftest"),
    *("lunar_python", "tzdata", "babel", "readline", "encodings"),
)
"""Modules that Python would take from the folder it stands in, if that were on its path."""
PROGRAMS = ("git", "sh", "bash", "ed", "vi", "vim", "nano", "less", "more", "ssh", "gpg", "python3", "xdg-open", "env")
"""Programs that a path with a relative folder in it would find in the book."""


class Traps:
    """A folder for canaries, and the programs that put them there."""

    def __init__(self, scratch: Path) -> None:
        self.canaries = scratch / "canaries"
        self.programs = scratch / "traps"
        self.canaries.mkdir(parents=True)
        self.programs.mkdir()
        self.laid = 0

    def program(self, name: str) -> str:
        """A program that leaves the canary *name*, and otherwise does nothing."""
        self.laid += 1
        plain = "".join(char if char.isalnum() else "-" for char in name)
        file = self.programs / plain
        script(file, self.canaries / plain)
        return str(file)

    def sprung(self) -> list[str]:
        """The canaries that are there; they are taken away."""
        found = sorted(file.name for file in self.canaries.iterdir())
        for file in self.canaries.iterdir():
            file.unlink()
        return found


def script(file: Path, canary: Path) -> None:
    """A program at *file* that leaves a canary and fails as little as it can."""
    file.write_text(f"#!/bin/sh\n: > '{canary}'\ncat >/dev/null 2>&1 </dev/null\nexit 0\n", encoding="utf-8")
    file.chmod(0o755)


def git(folder: Path, *words: str, given: str = "") -> str:
    """Plain git, by which the traps are laid and tried."""
    asked = ["git", "-c", "user.name=x", "-c", "user.email=x@localhost", *words]
    settings = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        asked, cwd=folder, input=given, capture_output=True, text=True, check=False, timeout=60, env=settings
    )
    return done.stdout.strip()


def lay_all(folder: Path, traps: Traps) -> None:
    """Make a book in *folder*, kept in git, with one signed commit, and lay every trap in it that fits in one book."""
    every_verb.laid_out(folder, every_verb.base_book(git=True))
    git(folder, "init", "--quiet", "--template=")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "first")
    _sign(folder)
    _lay_files(folder, traps)
    _lay_hooks(folder, traps)
    lay_settings(folder / ".git" / "config", folder, traps)


def _sign(folder: Path) -> None:
    """Give the newest commit a signature, which whoever wants to see signatures has to have looked at."""
    text = git(folder, "cat-file", "commit", "HEAD")
    head, __, message = text.partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ\n -----END PGP SIGNATURE-----"
    made = git(folder, "hash-object", "-t", "commit", "-w", "--stdin", given=f"{head}\n{signature}\n\n{message}\n")
    git(folder, "update-ref", "HEAD", made)


def lay_settings(file: Path, folder: Path, traps: Traps) -> None:
    """Write every setting that is a trap into a file of git's settings."""
    for name, value in SETTINGS.items():
        said = value.format(trap=traps.program(name), folder=folder, canaries=traps.canaries)
        git(folder, "config", "--file", str(file), name.format(trap="x"), said)
    included = file.with_name("included")
    git(folder, "config", "--file", str(included), "core.fsmonitor", traps.program("include.path"))
    git(folder, "config", "--file", str(file), "include.path", str(included))
    git(folder, "config", "--file", str(file), "includeIf.gitdir:**.path", str(included))


def _lay_hooks(folder: Path, traps: Traps) -> None:
    for place in (".git/hooks", ".githooks", ".husky"):
        (folder / place).mkdir(exist_ok=True)
        for hook in HOOKS:
            canary = f"{place}-{hook}".replace("/", "-").replace(".", "-")
            script(folder / place / hook, traps.canaries / canary)
            traps.laid += 1


def _lay_files(folder: Path, traps: Traps) -> None:
    """Files beside the records, which programs and Python look for where they stand."""
    attributes = "* filter=evil diff=evil merge=evil ident\n*.yaml filter=evil diff=evil text eol=crlf\n"
    for name in (".gitattributes", ".evil-attributes", ".git/info/attributes", "customers/.gitattributes"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(attributes, encoding="utf-8")
    (folder / ".gitmodules").write_text(
        '[submodule "evil"]\n\tpath = x\n\turl = ext::sh\n\tupdate = !sh\n', encoding="utf-8"
    )
    for name in MODULES:
        _python(folder / f"{name}.py", traps.canaries / f"python-{name}")
        traps.laid += 1
    for name, inside in (("aftercare", "__init__.py"), ("yaml", "__init__.py"), ("templates", "__init__.py")):
        (folder / name).mkdir(exist_ok=True)
        _python(folder / name / inside, traps.canaries / f"package-{name}")
        traps.laid += 1
    said = f"import pathlib; pathlib.Path({str(traps.canaries / 'pth')!r}).touch()\n"
    for name in ("evil.pth", "distutils-precedence.pth"):
        (folder / name).write_text(said, encoding="utf-8")
    for name in ("pyvenv.cfg", "setup.cfg", "pyproject.toml", ".env", ".envrc", ".aftercarerc", "tox.ini"):
        (folder / name).write_text(f"EDITOR={traps.program(name)}\nhome = {folder}\n", encoding="utf-8")
    for name in ("render/templates", "templates", "locale/zh/LC_MESSAGES", "policies"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "templates" / "base.html").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    (folder / "locale/zh/LC_MESSAGES/aftercare.mo").write_bytes(b"\xde\x12\x04\x95")
    for name in PROGRAMS:
        script(folder / name, traps.canaries / f"program-{name}")
        traps.laid += 1
    for name in (".vimrc", ".exrc", ".nanorc", ".gitconfig", ".lessfilter", ".bashrc", ".profile"):
        (folder / name).write_text(f"!{traps.program(name)}\n", encoding="utf-8")


def _python(file: Path, canary: Path) -> None:
    file.write_text(f"import pathlib\npathlib.Path({str(canary)!r}).touch()\n", encoding="utf-8")


def elsewhere(scratch: Path, traps: Traps) -> Iterator[tuple[str, Path]]:
    """Books whose repository is not where one looks for it, each with what is odd about it."""
    files = every_verb.base_book(git=True)
    evil = scratch / "evil.git"
    git(scratch, "init", "--quiet", "--bare", "--template=", str(evil))
    lay_settings(evil / "config", scratch, traps)
    _hooks_of(evil, traps)
    for name in ("gitfile", "bare in the folder", "worktree elsewhere", "settings of a worktree", "broken settings"):
        folder = scratch / name.replace(" ", "-")
        every_verb.laid_out(folder, files)
        _odd(name, folder, evil, scratch, traps)
        yield name, folder


def _odd(name: str, folder: Path, evil: Path, scratch: Path, traps: Traps) -> None:
    match name:
        case "gitfile":
            (folder / ".git").write_text(f"gitdir: {evil}\n", encoding="utf-8")
        case "bare in the folder":
            git(folder, "init", "--quiet", "--bare", "--template=", ".")
            lay_settings(folder / "config", folder, traps)
            _hooks_of(folder, traps)
        case "worktree elsewhere":
            git(folder, "init", "--quiet", "--template=")
            lay_settings(folder / ".git" / "config", folder, traps)
            git(folder, "config", "--file", str(folder / ".git" / "config"), "core.worktree", str(scratch))
        case "settings of a worktree":
            git(folder, "init", "--quiet", "--template=")
            git(folder, "config", "extensions.worktreeConfig", "true")
            lay_settings(folder / ".git" / "config.worktree", folder, traps)
        case _:
            git(folder, "init", "--quiet", "--template=")
            (folder / ".git" / "config").write_text("[core\n\tfsmonitor = \x1b[31m\n", encoding="utf-8")


def _hooks_of(place: Path, traps: Traps) -> None:
    (place / "hooks").mkdir(exist_ok=True)
    for hook in HOOKS:
        script(place / "hooks" / hook, traps.canaries / f"hook-{hook}")
        traps.laid += 1


def environment(folder: Path) -> Mapping[str, str]:
    """The operator's: a path with the folder one stands in on it, which is unwise, before what is needed."""
    return {"PATH": f".:{folder}::bin:{os.environ['PATH']}", "HOME": str(folder.parent)}
