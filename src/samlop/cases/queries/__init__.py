"""What is read of a case, one file per page."""
