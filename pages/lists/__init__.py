"""What all lists share: filter forms, pagination, and tables as CSV."""
