"""Decisions embedded in pages of other sites, by iframe and oEmbed."""
