"""Notes written by rules from figures: of one work, and of a year of an association, a school or a municipality."""
