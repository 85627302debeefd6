"""The line: the plan as a picture from settlement to the goal. ``stations``: what stands on it; ``drawing``: where."""
