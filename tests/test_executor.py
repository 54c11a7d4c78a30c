"""Every executor yields every item once with its own result."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import SettingsError
from ingest.executor import open_executor


@pytest.mark.parametrize("url", ["serial:", "processes:1", "processes:3"])
@settings(max_examples=25, deadline=None)
@given(items=st.lists(st.integers(), max_size=30))
def test_each_item_comes_once_with_its_result(url, items):
    """Nothing is lost, doubled or mixed up, however many are read at once."""
    answers = list(open_executor(url).each(lambda item: item * 2, items))
    assert sorted(answers) == sorted((item, item * 2) for item in items)


def test_processes_work_side_by_side():
    """Two workers are at work at the same time."""
    meeting = threading.Barrier(2, timeout=10)
    answers = open_executor("processes:2").each(lambda _: meeting.wait() >= 0, [1, 2])
    assert [answer for _, answer in answers] == [True, True]


@pytest.mark.parametrize("url", ["dask+tcp://host:8786", "processes:0", "processes:x", "serial:2", ""])
def test_other_executors_are_refused(url):
    """Any other scheme is a settings error that names what is there."""
    with pytest.raises(SettingsError, match="serial:, processes:N"):
        open_executor(url)
