"""Pages of topics: the classes of the policy library, and their items."""
