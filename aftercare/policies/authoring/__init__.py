"""The workshop of who writes packs: worked cases, what they leave untried, lint, schemas, days off of years to come."""
