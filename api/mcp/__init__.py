"""MCP server over the read-only API: answers with the quoted sentence as proof."""
