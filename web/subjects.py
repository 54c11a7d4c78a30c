"""Subjects that many agencies have a goal on, each with the words it is known by: data, not code."""

import tomllib
from collections.abc import Mapping
from importlib import resources


def load_subjects() -> Mapping[str, tuple[str, ...]]:
    """Parts of words by subject; a goal is of a subject where its title or a target holds one of them."""
    text = (resources.files("web") / "subjects.toml").read_text(encoding="utf-8")
    return {subject: tuple(words) for subject, words in tomllib.loads(text)["subjects"].items()}
