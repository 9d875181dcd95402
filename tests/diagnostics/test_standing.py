"""Personal and corporate: the rule at its borders, intervals, confirmation by discussion."""

import numpy as np
import pytest

from core.diagnostics.standing import CorporateRule, Standing, group_shares, standings

NO = np.nan


def lacking(answers: np.ndarray) -> np.ndarray:
    """Return who answered «Необходима помощь», 1 on the scale 1-4."""
    return np.where(np.isnan(answers), NO, answers == 1)


def standing_of(*answers: float, **options: object) -> Standing:
    lacks = lacking(np.array(answers, dtype=float)[:, None])
    return Standing(int(standings(group_shares(lacks, [range(len(answers))]), **options)[0, 0]))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((1, 1, 1, 3, 3, 3), Standing.CORPORATE),
        ((1, 1, 3, 3, 3), Standing.POSSIBLE),
        ((1, 1, 1, 3, 3, 3, 3, 3, 3, 3), Standing.POSSIBLE),
        ((1, 1, 3, 3, 3, 3, 3), Standing.PERSONAL),
        ((1, 1, 1, 1), Standing.FEW),
        ((1, 1, 1, 1, NO), Standing.FEW),
        ((2, 3, 4, 3, 3), Standing.NONE),
        ((NO, NO, NO, NO, NO), Standing.NO_DATA),
    ],
)
def test_the_rule_at_its_borders(answers, expected):
    assert standing_of(*answers) is expected


def test_a_discussion_confirms_what_the_numbers_do_not():
    assert standing_of(1, 3, 3, confirmed=[[True]]) is Standing.CORPORATE
    assert standing_of(1, 3, 3, confirmed=[[False]]) is Standing.FEW


def test_the_borders_can_be_changed():
    strict = CorporateRule(share=0.8, possible=0.6, fewest=3)
    assert standing_of(1, 1, 3, rule=strict) is Standing.POSSIBLE
    assert standing_of(1, 1, 1, rule=strict) is Standing.CORPORATE


def test_shares_carry_numbers_and_wilsons_interval_for_every_group():
    lacks = lacking(np.array([[1, 4], [1, NO], [3, 4], [4, 1]]))
    shares = group_shares(lacks, [(0, 1, 2, 3), (0, 1), ()])
    assert shares.asked.tolist() == [[4, 3], [2, 1], [0, 0]]
    assert shares.lacking.tolist() == [[2, 1], [2, 0], [0, 0]]
    assert shares.share[0].tolist() == pytest.approx([0.5, 1 / 3])
    # Wilson 2 of 4: 15,0-85,0 % (Newcombe 1998, table of examples computed by hand).
    assert (shares.low[0, 0], shares.high[0, 0]) == pytest.approx((0.15003, 0.84996), abs=1e-5)
    assert np.isnan(shares.share[2]).all()
    assert np.isnan(shares.low[2]).all()


def test_nobody_at_all():
    shares = group_shares(np.empty((0, 2)), [()])
    assert standings(shares).tolist() == [[Standing.NO_DATA, Standing.NO_DATA]]


def test_no_standing_is_told_by_colour_alone():
    signs = [one.sign for one in Standing]
    assert signs == ["–", "●", "?", "◊", "▼", "▼▼"]
    assert len(set(signs)) == len(signs), "two standings side by side are told apart by their signs"
