"""Search relevance, measured with judged queries.

For `samples/` the queries and judgements were written by hand (judged.tsv). For generated meetings they follow from
how those were generated (`known_items`). `python -m bench.relevance` prints the results beside two baseline engines;
floors.json has the minimum figures required by a test.
"""
