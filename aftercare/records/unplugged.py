"""Nothing is plugged into pydantic here: a plugin, which any package beside us may bring, would be shown every record.

Pydantic looks for plugins through all that is installed when the first model is built, which takes longer than building
it; so it is told beforehand that there are none.  Where it asks in some other way, it looks as it always did.
"""

import sys
from types import ModuleType

_ASKED = "pydantic.plugin._loader"


class _Loader(ModuleType):
    """What answers in the place of the one that would look."""

    @staticmethod
    def get_plugins() -> tuple[()]:
        """The plugins that there are."""
        return ()


sys.modules.setdefault(_ASKED, _Loader(_ASKED))
