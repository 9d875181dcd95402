"""How numbers, dates, shares and counted nouns are said in Russian."""

from core.words.dates import academic_year, day, long_day, moment
from core.words.kept_values import kept_day, kept_value
from core.words.nouns import Case, count_of, decline, listing, noun, plural, without_advice
from core.words.numbers import interval, number, percent, share, signed

__all__ = [
    "Case",
    "academic_year",
    "count_of",
    "day",
    "decline",
    "interval",
    "kept_day",
    "kept_value",
    "listing",
    "long_day",
    "moment",
    "noun",
    "number",
    "percent",
    "plural",
    "share",
    "signed",
    "without_advice",
]
