"""What is due by law in one case, one file per stretch of the way; ``due.py`` gathers it for a whole caseload."""
