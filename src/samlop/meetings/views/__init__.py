"""Pages of the room, one file per piece of work."""
