"""How well the archive finds: judged queries, and how high their answers stand.

Over `samples/` the queries and judgements were written by hand (judged.tsv). Over made-up meetings they follow from
how these were made (`known_items`). `python -m bench.relevance` prints what comes out beside two plain ways to search;
floors.json keeps what our figures may not fall below.
"""
