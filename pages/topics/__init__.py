"""Topic pages: the classes of the policy library, and the items of each."""
