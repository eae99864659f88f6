"""Two records that are one, and one record that is two: joined, parted, and each undone again.

Nothing here writes the rows of a meeting. An act changes what names stand for (`joined_into`, names of units,
places that mean another record); then the meetings concerned are made again from what was read and corrected.
"""
