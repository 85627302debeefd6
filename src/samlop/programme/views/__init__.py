"""The pages of the room, one file per noun."""
