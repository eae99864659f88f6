"""Search speed compared with other engines: `python -m bench.search --size small`.

All engines answer the same queries over the same documents, alternating within one run, so that ratios are meaningful
on a shared machine. Results are in docs/develop/performance.md.
"""
