"""The engine: from the facts of one case, packs and a day to a verdict, with its reasons."""
