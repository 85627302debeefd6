"""Lists of participants read from files."""
