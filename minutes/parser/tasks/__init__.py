"""Tasks: actors, matters and deadlines, parsed from paragraphs."""
