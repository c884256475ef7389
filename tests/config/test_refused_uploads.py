"""What the newsroom refuses is refused in its own words, though it does not look at what is sent."""

import pytest

from tests.config.running import Served, until


@pytest.mark.thorough
def test_a_refusal_of_a_large_upload_arrives_every_time(home):
    served = Served(home)
    try:
        until(served.is_well, 30, "the paper answers")
        upload = b"x" * (3 * 2**20)
        answers = [served.get("/redaksi/login/", "POST", upload) for _ in range(40)]
        assert {answer.status for answer in answers} == {403}
        assert all("CSRF" in answer.text for answer in answers)
    finally:
        served.process.terminate()
        served.process.wait(30)
