"""Pages of the room, one file per page."""
