"""Copy is a value: frozen, compared by what it says, with honest defaults."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from warta.lexicon.copy import Copy, ParagraphCopy, PhotoCopy


def test_copy_needs_an_identity_and_a_headline_and_nothing_else():
    copy = Copy(uri="tag:kantor.example,2024:1", headline="Banjir")
    assert (copy.status, copy.body, copy.topics, copy.lead) == ("published", (), (), None)
    with pytest.raises(TypeError):
        Copy(headline="Banjir")


def test_copy_is_frozen_and_compared_by_value():
    one = Copy(uri="a", headline="b", body=(ParagraphCopy("<p>c</p>"),), lead=PhotoCopy(path=Path("d.jpg")))
    other = Copy(uri="a", headline="b", body=(ParagraphCopy("<p>c</p>"),), lead=PhotoCopy(path=Path("d.jpg")))
    assert one == other
    assert hash(one) == hash(other)
    with pytest.raises(FrozenInstanceError):
        one.headline = "lain"
