"""The acts of the introduction programme as dated parameters and pure formulas. README.md tells where to start."""
