"""``policy schema``: the JSON Schemas by which an editor checks packs, cases and records as they are typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from aftercare.answers.schemas import MAPPING, SETTINGS, files_of_a_book, schemas
from aftercare.commands.policy import SCHEMA
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, verb
from aftercare.errors import CannotWrite, Missing, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.json_schema import Schema
from aftercare.policies.authoring.json_schema import case_schema
from aftercare.policies.authoring.pack_schema import pack_schema
from aftercare.records.json_schema import record_schema
from aftercare.records.kinds import MODELLED
from aftercare.render.output import put_data, put_json

_NAMED = {"mapping": MAPPING, "settings": SETTINGS}


@verb(
    "schema",
    SCHEMA,
    click.Argument(
        ["what"],
        type=click.Choice(("pack", "case", "mapping", "settings", "record")),
        required=False,
        metavar="[WHAT]",
    ),
    click.Argument(["kind"], type=click.Choice(MODELLED), required=False, metavar="[KIND]"),
    option(
        "--write", "folder", metavar="DIR", text=N_("write them all into DIR, and print an editor's setting for them")
    ),
    option("--format", "fmt", type=click.Choice(("json", "yaml")), default="json", text=N_("how to print")),
    example="aftercare policy schema record claim",
)
def schema(session: Session, what: str | None, kind: str | None, folder: str | None, fmt: str) -> None:
    """``policy schema``; without an argument all schemas, each under the name of its file."""
    del session
    if kind and what != "record":
        raise UsageProblem(_("only records are of a kind"))
    if folder is not None:
        if what:
            raise UsageProblem(_("--write writes all of them"))
        found = _written(Path(folder))
    elif what == "record":
        if not kind:
            raise Missing(["KIND"])
        found = record_schema(kind)
    elif what in _NAMED:
        found = schemas()[_NAMED[what]]
    else:
        found = {"pack": pack_schema, "case": case_schema}.get(what or "", schemas)()
    put_data(_yaml(found)) if fmt == "yaml" else put_json(found, indent=1)


def _written(folder: Path) -> Schema:
    """Write every schema; what an editor has to be told of it, in the words of the YAML language server."""
    from aftercare.book.schema_files import put

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(str(folder), str(error.strerror)) from error
    put(folder, texts(schemas()))
    at = folder.resolve()
    return {"yaml.schemas": {(at / name).as_uri(): [files] for name, files in files_of_a_book().items()}}


def texts(found: Mapping[str, Schema]) -> dict[str, str]:
    """Schemas as their files hold them."""
    return {name: json.dumps(one, ensure_ascii=False, indent=1) + "\n" for name, one in found.items()}


def _yaml(found: object) -> str:
    import yaml

    return yaml.safe_dump(json.loads(json.dumps(found)), allow_unicode=True, sort_keys=False, width=10**6).rstrip("\n")
