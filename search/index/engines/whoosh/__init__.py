"""The embedded engine: Whoosh for words, arrays for facts, files for texts.

An index is a row of generations, each a folder that never changes once it is published:

    CURRENT                 the name of the published generation
    writer.lock             held by the one process that writes
    00000007/manifest.json  what made it, and size and checksum of every file
    00000007/text.bin       the folded text of all documents, mapped into memory by every reader
    00000007/title.bin      their titles, and document.bin the titles of the documents that they refer to
    00000007/rows.npz       date, kind, organizations … of all documents as arrays
    00000007/words/         the Whoosh index that ranks; unchanged segments are shared with the generation before
"""
