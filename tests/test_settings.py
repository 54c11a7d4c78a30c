"""Settings: option over environment over file over default, and every mistake named."""

import pytest

from crawler.errors import SettingsError
from maalspor.settings import Settings, read_settings


def test_precedence(tmp_path):
    """An option wins over the environment, that over the file, that over the default."""
    (tmp_path / "maalspor.toml").write_text('archive = "a"\nstore = "sqlite:///b"\nindex = "whoosh:c"\n')
    found = read_settings(
        tmp_path, {"MAALSPOR_STORE": "sqlite:///d", "MAALSPOR_INDEX": "whoosh:e"}, {"index": "whoosh:f"}
    )
    assert (found.archive, found.store, found.index) == ("a", "sqlite:///d", "whoosh:f")
    assert found.images == Settings().images


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("archiv = 'x'", "unknown key 'archiv'"),
        ("archive = [", "is not TOML"),
        ("archive = true", "archive must be text"),
        ("port = 99999", "is no port"),
    ],
)
def test_mistakes_in_the_file(tmp_path, text, says):
    """Each mistake in maalspor.toml is one sentence that names it."""
    (tmp_path / "maalspor.toml").write_text(text)
    with pytest.raises(SettingsError, match=says):
        read_settings(tmp_path, {}, {})


def test_unknown_variables_stop_the_program(tmp_path):
    """A misspelt MAALSPOR_ variable is not passed over in silence."""
    with pytest.raises(SettingsError, match="MAALSPOR_ARCHIV is not a setting"):
        read_settings(tmp_path, {"MAALSPOR_ARCHIV": "x"}, {})
