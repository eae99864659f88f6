"""Parse attendance lists into attendees."""
