"""Every JSON Schema there is, the one of the settings too, and which files of a book each is for."""

from __future__ import annotations

from aftercare.answers.importing.map_schema import mapping_schema
from aftercare.book.settings import FILE, Settings
from aftercare.book.tongue import POLICIES
from aftercare.plain.json_schema import Schema
from aftercare.policies.authoring.json_schema import documents
from aftercare.records.json_schema import settings_schema
from aftercare.records.kinds import MODELLED
from aftercare.records.names import BY_NAME

SETTINGS = "settings.schema.json"
PACK = "pack.schema.json"
MAPPING = "mapping.schema.json"


def schemas() -> dict[str, Schema]:
    """Every schema, by the name of its file."""
    return {**documents(), MAPPING: mapping_schema(), SETTINGS: settings_schema(Settings)}


def files_of_a_book() -> dict[str, str]:
    """For which files of a book a schema is, as a pattern of paths; cases and mappings lie wherever one likes."""
    records = {f"records/{kind}.schema.json": f"{BY_NAME[kind].folder}/*/*.yaml" for kind in MODELLED}
    return {SETTINGS: FILE, PACK: f"{POLICIES}/*.yaml", **records}
