"""Title block and opening paragraph: body, number, date, place, chair."""
