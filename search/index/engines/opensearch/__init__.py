"""The server engine: OpenSearch stores the index, for any number of machines.

Only what the core of OpenSearch offers is used: no scripts, no plugin, no analyzer but that of white space. Names on
the server, each beginning with the name of the archive (`archive`):

    archive.3f2a91c0                  the alias that is searched; its end changes with the shape of the documents
    archive.3f2a91c0.20190506081500…  an index; its mapping says in `_meta` what made it and what it contains

Searches ask the alias, so a rebuilt index takes the place of the old one in one step. One shard contains all documents
of an archive, so counts and weights are exact; up to three nodes keep a copy each.
"""
