"""An MCP server over the read-only API: assistant programs answer from the archive, with the sentence as proof."""
