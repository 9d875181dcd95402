"""Statistics of works, in pure numpy, and problem fields."""
