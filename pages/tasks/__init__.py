"""Pages of tasks: register, counts by unit, breakdown table, and calendar."""
