"""How fast the archive finds, beside other ways to build it: `python -m bench.search --size small`.

Every way answers the same questions over the same documents, in turns within one run, so that ratios hold on a
machine that does other things too. What comes out stands in docs/develop/performance.md.
"""
