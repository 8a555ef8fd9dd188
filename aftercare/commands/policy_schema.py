"""``policy schema``: the JSON Schemas by which an editor checks packs, cases and records as they are typed."""

from __future__ import annotations

import json

import click

from aftercare.commands.policy import SCHEMA
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, verb
from aftercare.errors import Missing, UsageProblem
from aftercare.language import N_, _
from aftercare.policies.authoring.json_schema import case_schema, documents
from aftercare.policies.authoring.pack_schema import pack_schema
from aftercare.records.json_schema import record_schema
from aftercare.records.kinds import MODELLED
from aftercare.render.output import put_data, put_json


@verb(
    "schema",
    SCHEMA,
    click.Argument(
        ["what"], type=click.Choice(("pack", "case", "record")), required=False, metavar="[pack|case|record]"
    ),
    click.Argument(["kind"], type=click.Choice(MODELLED), required=False, metavar="[KIND]"),
    option("--format", "fmt", type=click.Choice(("json", "yaml")), default="json", text=N_("how to print")),
    example="aftercare policy schema record claim",
)
def schema(session: Session, what: str | None, kind: str | None, fmt: str) -> None:
    """``policy schema``; without an argument all schemas, each under the name of its file."""
    del session
    if kind and what != "record":
        raise UsageProblem(_("only records are of a kind"))
    if what == "record":
        if not kind:
            raise Missing(["KIND"])
        found = record_schema(kind)
    else:
        found = {"pack": pack_schema, "case": case_schema}.get(what or "", documents)()
    put_data(_yaml(found)) if fmt == "yaml" else put_json(found, indent=1)


def _yaml(found: object) -> str:
    import yaml

    return yaml.safe_dump(json.loads(json.dumps(found)), allow_unicode=True, sort_keys=False, width=10**6).rstrip("\n")
