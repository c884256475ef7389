import pytest
from tests.config.gates import clock, follow, new, readers_process
from tests.config import test_gate_under_load as m
pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("readers_process", "clock")]
@pytest.mark.parametrize("n", range(80))
def test_x(n, monkeypatch):
    m.test_200_readers_of_one_cold_article_cost_one_rendering(monkeypatch)
