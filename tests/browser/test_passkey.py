"""A passkey, by Chromium's virtual authenticator: added, used to sign in without a password, and removed."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.running import Paper
from tests.staff import PASSWORD


def with_authenticator(page: Page) -> None:
    """Give a browser a key that verifies its owner, as a telephone or a computer has one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_the_newsroom_alone(paper: Paper, new_context) -> None:
    page = new_context().new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    with_authenticator(page)
    newsroom = f"http://localhost:{paper.port}/redaksi"
    page.goto(f"{newsroom}/")
    page.fill("input[name=username]", "pelaksana")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/redaksi/")

    page.goto(f"{newsroom}/account/")
    page.get_by_role("tab", name="Tindakan lain").click()
    page.get_by_role("link", name="Masuk dan keamanan").click()
    page.get_by_role("link", name="Tambah kunci sandi").click()
    page.get_by_label("Nama kunci").fill("Ponsel meja malam")
    page.get_by_role("button", name="Minta kuncinya").click()
    expect(page.get_by_role("heading", name="Kode pemulihan")).to_be_visible()
    expect(page.locator(".warta-signin__codes li")).to_have_count(10)

    page.goto(f"{newsroom}/logout/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/redaksi/login/**")
    page.goto(f"{newsroom}/account/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/redaksi/account/")
    page.goto(f"{newsroom}/security/")
    expect(page.get_by_role("row", name="(passkey)")).to_have_count(1)

    page.get_by_role("link", name="Hapus Ponsel meja malam").click()
    page.get_by_role("button", name="Hapus").click()
    page.wait_for_url("**/redaksi/security/**")
    expect(page.get_by_text("Ponsel meja malam")).to_have_count(0)
    assert errors == []


def test_where_no_passkey_can_work_none_is_offered(paper: Paper, new_context) -> None:
    page = new_context().new_page()
    page.goto(f"{paper.url}/redaksi/login/")
    expect(page.get_by_role("button", name="Masuk", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Masuk dengan kunci sandi")).to_be_hidden()
