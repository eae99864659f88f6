"""Pages of agenda items, and the decision card."""
