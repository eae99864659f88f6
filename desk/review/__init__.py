"""The review page: what stands on record beside the text it was read from, place by place."""
