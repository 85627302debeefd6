"""Pages of the room, one file per door."""
