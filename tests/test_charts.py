"""Charts and the river, as places in a drawing: no page, no store."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from web.charts import NARROW, Given, bars, chart
from web.river import NARROW as NARROW_RIVER
from web.river import Stop, Tie, Void, lanes, river


def given(year, target, actual=None):
    """The figures of a year's plan."""
    numbers = (None if value is None else Decimal(value) for value in (target, actual))
    return Given(str(year), year, *numbers, None)


def joined(*years):
    """Each year's plan continues the one before."""
    return [(str(one), str(other), True) for one, other in pairwise(years)]


def test_a_chart_breaks_where_there_is_no_figure():
    """A plan without a figure breaks the line, and a single figure is no chart."""
    figures = (given(2012, 60), given(2013, 55, 66), given(2014, None), given(2015, 50, 52), given(2016, 48))
    drawn = chart("days", figures, joined(2012, 2013, 2014, 2015, 2016))
    assert [(line.start[0], line.kind) for line in drawn.stretches] == [
        (drawn.points[0].x, "target"),
        (drawn.points[3].x, "target"),
    ]
    assert drawn.points[0].target_y < drawn.points[-1].target_y
    assert chart("days", [given(2012, 60), given(2013, None)], ()) is None


def test_a_split_goal_has_two_lines():
    """Two plans of one year that continue the same one have a line each; what is not sure says so."""
    parts = (
        given(2016, 50),
        Given("a", 2017, Decimal(30), None, None),
        Given("b", 2017, Decimal(90), None, None),
    )
    drawn = chart("days", parts, [("2016", "a", True), ("2016", "b", False)])
    assert [line.sure for line in drawn.stretches] == [True, False]


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        ("60", "42", ("40", "45", "50", "55", "60")),
        ("3.5", "4.2", ("3.4", "3.6", "3.8", "4.0", "4.2")),
        ("97", "97", ("97", "98")),
        ("0", "2500000", ("0", "500000", "1000000", "1500000", "2000000", "2500000")),
        ("-10", "5", ("-10", "-5", "0", "5")),
    ],
)
def test_an_axis_has_round_figures(low, high, steps):
    """The lines of a chart stand at round figures that hold all of it."""
    drawn = chart("days", [given(2012, low), given(2013, high)], (), frame=NARROW)
    assert [str(value) for _, value in drawn.lines] == list(steps)
    heights = [y for y, _ in drawn.lines]
    assert all(min(heights) <= point.target_y <= max(heights) for point in drawn.points)


def test_bars_stand_on_one_another():
    """The parts of a year's bar follow one another from the ground up; a year without goals has no bar."""
    drawn = bars([(2012, [("met", 3), ("not_met", 0), ("other", 1)]), (2014, [("met", 2)])])
    met, other = drawn.bars[0].parts
    assert (met.count, other.count) == (3, 1)
    assert met.y + met.height == drawn.lines[0][0]
    assert other.y + other.height == met.y
    assert met.height == pytest.approx(3 * other.height)
    assert [year for _, year in drawn.years] == [2012, 2013, 2014]
    assert [bar.year for bar in drawn.bars] == [2012, 2014]


def stop(id, year=2012, title="Sygefravær"):
    """A goal in one plan."""
    return Stop(
        id=id,
        year=year,
        when=str(year),
        number=None,
        title=title,
        asked="",
        note="",
        result="",
        result_id=None,
        status=None,
    )


def tie(source, target, kind="same"):
    """One plan's goal continues another's."""
    return Tie(source=source, target=target, kind=kind, sure=True, words="Fortsætter")


def test_parts_run_in_lanes_of_their_own():
    """A goal split in two runs in two lanes, and in the first again when its parts are merged."""
    stops = [stop("whole"), stop("a"), stop("b"), stop("a2"), stop("b2"), stop("again")]
    ties = [tie("whole", "a", "split"), tie("whole", "b", "split"), tie("a", "a2"), tie("b", "b2")]
    ties += [tie("a2", "again", "merged"), tie("b2", "again", "merged")]
    assert lanes(stops, ties) == {"whole": 0, "a": 0, "b": 1, "a2": 0, "b2": 1, "again": 0}


def test_a_lane_is_free_again_where_its_goal_has_ended():
    """A goal that begins while another runs has the next lane; one that begins after it has the first."""
    stops = [stop("a"), stop("b"), stop("a2"), stop("b2"), stop("later")]
    assert lanes(stops, [tie("a", "a2"), tie("b", "b2")]) == {"a": 0, "a2": 0, "b": 1, "b2": 1, "later": 0}


@st.composite
def histories(draw):
    """Any stops, and any ties that flow with time."""
    count = draw(st.integers(1, 12))
    pairs = [(one, other) for other in range(count) for one in range(other)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    kinds = st.sampled_from(["same", "changed", "split", "merged", "returned"])
    return [stop(str(at)) for at in range(count)], [tie(str(a), str(b), draw(kinds)) for a, b in chosen]


@given_any(histories())
def test_no_band_passes_through_a_stop(history):
    """Whatever splits and merges, a band's straight stretches pass no stop but its own two."""
    stops, ties = history
    drawn = river(stops, ties)
    assert len({(node.x, node.y) for node in drawn.nodes}) == len(stops)
    for band in drawn.bands:
        x1, y1, start, _, _, _, _, x2, end, y2 = map(
            float, re.findall(r"-?[0-9.]+", band.path.partition("H")[0])
        )
        half = drawn.measure.band / 2
        for node in drawn.nodes:
            if node.stop.id not in (band.tie.source, band.tie.target):
                assert not (abs(node.x - half - x1) < 1 and y1 < node.y < start)
                assert not (abs(node.x - half - x2) < 1 and end < node.y < y2)


@pytest.mark.parametrize("measure", [None, NARROW_RIVER], ids=["wide", "narrow"])
def test_nothing_of_a_river_overlaps(measure):
    """Every row stands below the one before it, long titles are broken, and years without a goal lie between."""
    long = (
        "Gennemsnitlig sagsbehandlingstid for ansøgninger om dispensation fra digeloven og sandflugtsloven "
        * 2
    )
    stops = [stop("a", 2012, long), stop("b", 2014), stop("c", 2015, long)]
    drawing = {"measure": measure} if measure else {}
    drawn = river(
        stops,
        [tie("a", "b"), tie("b", "c")],
        voids=[Void(year=2013, words="Ingen plan", address=None)],
        **drawing,
    )
    texts = [line for node in drawn.nodes for line in node.lines]
    texts += [line for band in drawn.bands for line in band.lines] + list(drawn.shores[0].lines)
    heights = sorted(line.y for line in texts)
    assert all(later - sooner > 8 for sooner, later in pairwise(heights))
    assert drawn.nodes[0].y < drawn.shores[0].top < drawn.nodes[1].y < drawn.nodes[2].y < drawn.height
    assert max(len(line.text) for line in texts) * 7 < drawn.measure.width
