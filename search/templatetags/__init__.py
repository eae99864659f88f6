"""Tags of the search's templates."""
