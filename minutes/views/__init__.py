"""The pages: each module answers for one kind of record, and shows published meetings only."""
