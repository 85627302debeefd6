"""Everything that changes a case, one file per errand."""
