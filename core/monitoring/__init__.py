"""Monitoring: passports of indicators, values over reporting years, campaigns, expected results, effect of measures."""
