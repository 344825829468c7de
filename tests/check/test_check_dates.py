"""Days that facts and claims speak of."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kg.check.dates import days_of, first_day, is_over, last_day, may_hold, must_hold

DATES = st.dates(date(1000, 1, 1)).flatmap(lambda day: st.sampled_from([str(day), str(day)[:7], str(day)[:4]]))
BOUNDS = st.none() | DATES
DAYS = st.none() | st.tuples(DATES, DATES).map(lambda pair: (first_day(min(pair)), last_day(max(pair))))


@given(DATES)
def test_a_date_begins_before_it_ends_and_both_are_days_of_it(text):
    assert first_day(text) <= last_day(text)
    assert first_day(text).startswith(text)
    assert last_day(text).startswith(text)
    assert len(first_day(text)) == len(last_day(text)) == 10


@given(BOUNDS, BOUNDS, DAYS)
def test_what_must_hold_may_hold(since, until, days):
    assert not must_hold(since, until, days) or may_hold(since, until, days)


@given(DATES, DATES, DATES)
def test_what_is_over_stays_over_and_what_goes_on_is_not(until, one, other):
    earlier, later = sorted((last_day(one), last_day(other)))
    assert not is_over(until, (earlier, earlier)) or is_over(until, (later, later))
    assert not is_over(None, (earlier, later))
    assert is_over(until, None)


@given(DATES)
def test_a_period_is_stronger_than_the_day_of_the_document(published):
    assert days_of("1980/1988", published) == ("1980-01-01", "1988-12-31")
    assert days_of("1980/..", published)[1] >= "1980-01-01"
    assert days_of(None, published) == (first_day(published), last_day(published))


def test_what_is_no_date_is_no_date():
    for period in ("", "1980", "80/81", "1980/1981/1982", "x/y", "1980/soon", "2020-13/.."):
        assert days_of(period, None) is None
        assert days_of(period, "2024-13-01") is None
        assert days_of(period, "2024") == ("2024-01-01", "2024-12-31")
