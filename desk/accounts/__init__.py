"""Staff accounts: lockout, roles and the second factor (docs/operate/rights.md)."""
