"""Samløp: one shared case and one living plan for the introduction programme."""
