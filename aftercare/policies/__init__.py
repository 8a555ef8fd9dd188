"""Rules as data: packs, categories, and the plans they hold."""
