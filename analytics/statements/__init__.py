"""Document → Disclosure: statements told by what they are, the narrative, the project forms."""
