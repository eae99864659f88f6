"""Who comes in, as whom, and what they may do: docs/operate/rights.md."""
