import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.reads.reader import DAYS, KEYS, first_key, key, networks, origin, places, seed

TRUSTED = networks(("127.0.0.1/32", "10.0.0.0/8", "::1/128", "2001:db8:aa::/48"))


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        # nobody in between, or nobody who is trusted
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("203.0.113.7", "127.0.0.1", "203.0.113.7"),
        # one proxy, two proxies
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8:aa::9", "198.51.100.1", "198.51.100.1"),
        # what the reader wrote himself stands to the left and is never reached
        ("127.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "garbage, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "10.0.0.9, 198.51.100.1", "198.51.100.1"),
        # garbage on the way, or nothing but proxies
        ("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1,", "127.0.0.1"),
        ("127.0.0.1", ", ,", "127.0.0.1"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1 10.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "0x7f.1", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.999", "127.0.0.1"),
        ("127.0.0.1", "[::1", "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1, 10.0.0.2", "127.0.0.1"),
        ("127.0.0.1", ", ".join(["198.51.100.1"] + ["10.0.0.1"] * 16), "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1," * 100_000, "127.0.0.1"),
        # as proxies write addresses
        ("127.0.0.1", "198.51.100.1:50123", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        ("127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        # a household in IPv6
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "", "fe80::/64"),
        # a socket without an address
        ("", "198.51.100.1", ""),
    ],
)
def test_origin(remote: str, forwarded: str, expected: str) -> None:
    assert places(remote, forwarded, trusted=TRUSTED)[0] == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.7", "203.0.113.0/24"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"), ("", "")],
)
def test_the_network_of_an_address(address: str, network: str) -> None:
    assert places(address, "", trusted=TRUSTED)[1] == network
    assert all(len(seed_) == 16 for seed_ in origin(address, "", trusted=TRUSTED))


@given(st.text())
def test_a_reader_cannot_choose_where_he_comes_from(own: str) -> None:
    assert places("127.0.0.1", f"{own}, 198.51.100.1", trusted=TRUSTED)[0] == "198.51.100.1"
    assert places("203.0.113.7", own, trusted=TRUSTED)[0] == "203.0.113.7"


def test_a_reader_is_address_and_user_agent_and_salt() -> None:
    salts = b"a" * 16, b"b" * 16
    seeds = [seed(address, agent) for address in (b"x", b"y") for agent in "pq"]
    keys = {key(7, salt, one, article_id) for one in seeds for salt in salts for article_id in (None, 0, 1)}
    assert len(keys) == 24
    assert key(7, salts[0], seed(b"x", "p"), 1) in keys


def test_the_keys_of_a_day_lie_together_and_apart_from_those_of_the_days_around_it() -> None:
    for day in range(20_000, 20_020):
        keys = [key(day, b"salt", bytes([number]), 1) for number in range(50)]
        assert all(first_key(day) <= one < first_key(day) + KEYS for one in keys)
    assert sorted(map(first_key, range(DAYS))) == [-(2**63) + number * KEYS for number in range(DAYS)]


@given(st.text(st.characters()), st.binary(min_size=16, max_size=16))
def test_any_user_agent_gives_a_number_for_the_column(agent: str, salt: bytes) -> None:
    assert -(2**63) <= key(20_000, salt, seed(b"a" * 16, agent), 10**18 - 1) < 2**63
