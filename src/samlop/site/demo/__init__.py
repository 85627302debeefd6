"""The demo: invented municipalities, people and history, the same every time."""
