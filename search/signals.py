"""What search announces; metrics listen."""

from django.dispatch import Signal

# Sent after a search was answered by the index. Arguments: sender (None), seconds, total.
searched = Signal()
