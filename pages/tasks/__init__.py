"""Pages of tasks: the register, counts by unit, the breakdown table, the calendar of their deadlines."""
