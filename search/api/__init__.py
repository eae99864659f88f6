"""Search for programs.

/api/v1/search/, declared with the parts of the API of records.
"""
