"""The front page is arranged on its screen by search, keyboard and mouse, previewed, fought over, and rolled back."""

from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from tests.browser import places
from tests.browser.conftest import SEEN_WITHIN_S
from tests.browser.running import Paper, wait_until
from tests.browser.test_pictures_of_pages import keep
from tests.staff import PASSWORD

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_POLICY = "Content Security Policy"
_FRONT = "/redaksi/fronts/0/"


def signed_in(paper: Paper, page: Page, name: str = "pelaksana") -> Page:
    page.goto(f"{paper.url}/redaksi/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/redaksi/")
    return page


@pytest.fixture
def page(paper: Paper, new_context) -> Iterator[Page]:
    """The browser of a managing editor; nothing may break the policy or throw."""
    page = new_context(bypass_csp=False).new_page()
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if _POLICY in message.text else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield signed_in(paper, page)
    assert broken == []


@pytest.fixture
def emptied(paper: Paper, page: Page) -> Page:
    """The same, on the screen of a front page that fills by itself."""
    page.goto(paper.url + _FRONT)
    lying = page.locator("[data-slot] input[type=datetime-local]")
    count = lying.count()
    for left in reversed(range(count)):
        page.locator("button[value^='out:']").first.click()
        expect(lying).to_have_count(left)
    if count:
        publish(page)
    return page


def publish(page: Page) -> None:
    page.get_by_role("button", name="Tayangkan").click()
    page.get_by_text("Sudah tampil bagi pembaca.").wait_for()
    page.wait_for_load_state("load")  # the script has begun


def lead(paper: Paper) -> str:
    return str(paper.get("/").xpath("//div[@class='first']//h2/a")[0].text_content())


def second(paper: Paper) -> str:
    return str(paper.get("/").xpath("//div[@class='seconds']//h2/a")[0].text_content())


def search(page: Page, words: str) -> str:
    """Search by keyboard and return the headline of what was found first."""
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("ditemukan")
    expect(page.locator("#q")).to_be_focused()
    return page.locator(".warta-front__found strong").first.inner_text()


def test_a_front_is_arranged_by_keyboard_and_rolled_back(paper: Paper, emptied: Page) -> None:
    page, automatic = emptied, lead(paper)
    old = paper.get(places.oldest_article(paper)).xpath("//h1")[0].text_content()
    headline = search(page, " ".join(old.split()[:4]))
    page.locator(".warta-front__found button[value^='put:second-1:']").first.press("Enter")
    expect(page.locator("[data-slot=second-1]")).to_be_focused()
    page.locator("button[value='up:second-1']").press("Enter")
    expect(page.locator("[data-slot=lead]")).to_be_focused()
    expect(page.locator("[data-slot=lead] .warta-front__headline")).to_have_text(headline)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Pratinjau di tab baru").press("Enter")
    preview = opened.value
    preview.wait_for_load_state()
    assert preview.locator(".first h2").inner_text() == headline
    assert lead(paper) == automatic, "readers see nothing of it yet"
    preview.close()
    publish(page)
    took = wait_until(lambda: lead(paper) == headline, SEEN_WITHIN_S, "readers have it")
    assert took < 1
    assert str(paper.get("/").xpath("string(//body)")).count(headline) == 1
    page.locator("button[value='out:lead']").click()
    expect(page.locator("[data-slot] input[type=datetime-local]")).to_have_count(0)
    publish(page)
    wait_until(lambda: lead(paper) == automatic, SEEN_WITHIN_S, "it fills by itself again")
    for back in (headline, automatic):
        page.goto(paper.url + _FRONT)
        page.locator(".warta-front__end").get_by_role("link", name="Riwayat").click()
        page.get_by_role("button", name="Pasang kembali").first.click()
        page.get_by_text("tampil lagi bagi pembaca").wait_for()
        wait_until(lambda back=back: lead(paper) == back, SEEN_WITHIN_S, "it is as it was")


def test_what_is_typed_is_looked_for_while_it_is_typed(paper: Paper, emptied: Page) -> None:
    page, headline = emptied, second(paper)
    page.locator("#q").press_sequentially(headline[:-2], delay=10)
    expect(page.locator("[data-said]")).to_have_text("1 artikel ditemukan")
    expect(page.locator(".warta-front__found strong")).to_have_text(headline)
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value(headline[:-2])
    page.locator("#q").fill("zzzz tidak ada")
    expect(page.locator(".warta-front__found")).to_contain_text("Tidak ada yang cocok.")


def test_the_list_of_articles_narrows_while_somebody_types(paper: Paper, emptied: Page) -> None:
    page, headline = emptied, second(paper)
    page.goto(paper.url + "/redaksi/snippets/newsroom/article/")
    page.locator("#id_q").press_sequentially(headline.split()[0][:4], delay=10)
    page.wait_for_url("**q=**")
    expect(page.locator("#listing-results")).to_contain_text(headline)


@pytest.mark.thorough
def test_an_article_is_dragged_to_a_place_and_out_again(paper: Paper, emptied: Page) -> None:
    page = emptied
    third = page.locator(".warta-front__found li").nth(3)
    headline = third.locator("strong").inner_text()
    third.drag_to(page.locator("[data-slot=second-1]"), source_position={"x": 30, "y": 12})
    expect(page.locator("[data-slot=second-1] .warta-front__headline")).to_have_text(headline)
    page.locator("[data-slot=second-1]").drag_to(
        page.locator("[data-slot=second-3]"), source_position={"x": 30, "y": 12}
    )
    expect(page.locator("[data-slot=second-3] .warta-front__headline")).to_have_text(headline)
    expect(page.locator("[data-slot=second-1] .warta-front__headline")).to_have_count(0)
    page.locator("[data-slot=second-3]").drag_to(page.locator("#searched"), source_position={"x": 30, "y": 12})
    expect(page.locator("[data-slot] .warta-front__headline")).to_have_count(0)


@pytest.mark.thorough
def test_two_editors_do_not_stomp_on_each_other(paper: Paper, emptied: Page, new_context) -> None:
    mine, theirs = emptied, signed_in(paper, new_context().new_page())
    for page, slot in ((mine, "second-1"), (theirs, "second-1")):
        page.goto(paper.url + _FRONT)
        row = page.locator(".warta-front__found li").nth(2 if page is mine else 4)
        row.locator(f"button[value^='put:{slot}:']").click()
        expect(page.locator(f"[data-slot={slot}] .warta-front__headline")).to_have_count(1)
    first = theirs.locator("[data-slot=second-1] .warta-front__headline").inner_text()
    own = mine.locator("[data-slot=second-1] .warta-front__headline").inner_text()
    publish(theirs)
    mine.get_by_role("button", name="Tayangkan").click()
    mine.get_by_role("heading", name="Orang lain sudah menata").wait_for()
    expect(mine.locator("[data-slot=second-1] .warta-front__headline")).to_have_text(own)
    expect(mine.locator("[data-slot=second-1] .warta-front__theirs strong")).to_have_text(first)
    wait_until(lambda: second(paper) == first, SEEN_WITHIN_S, "readers have the first one's")
    publish(mine)
    wait_until(lambda: second(paper) == own, SEEN_WITHIN_S, "readers have what was decided")


@pytest.mark.thorough
def test_it_works_without_script(paper: Paper, emptied: Page, new_context) -> None:
    page = signed_in(paper, new_context(java_script_enabled=False).new_page())
    page.goto(paper.url + _FRONT)
    headline = page.locator(".warta-front__found strong").nth(2).inner_text()
    page.locator(".warta-front__found li").nth(2).locator("button[value^='put:lead:']").click()
    page.get_by_role("button", name="Turunkan").click()
    assert page.locator("[data-slot=second-1] .warta-front__headline").inner_text() == headline
    page.get_by_role("button", name="Tayangkan").click()
    assert page.get_by_text("Sudah tampil bagi pembaca.").count() == 1


@pytest.mark.thorough
def test_breaking_news_is_on_the_oldest_page_within_a_second_and_off_again(paper: Paper, page: Page) -> None:
    oldest = places.oldest_article(paper)
    page.goto(f"{paper.url}/redaksi/breaking/")
    page.get_by_label("Apa yang terjadi").fill("Gempa terasa di pesisir selatan")
    page.get_by_label("Atau: alamat di situs ini").fill("/indeks")
    page.get_by_role("button", name="Pasang", exact=True).press("Enter")
    page.get_by_text("Sudah tampil di atas setiap halaman.").wait_for()

    def stands(path: str) -> bool:
        return b'class="breaking"' in paper.answer(path)[1]

    took = wait_until(lambda: stands(oldest), SEEN_WITHIN_S, "the oldest article shows it")
    assert took < 1
    assert all(stands(path) for path in ("/", "/indeks", paper.withdrawn, "/tidak/ada"))
    page.get_by_role("button", name="Akhiri sekarang").click()
    page.get_by_text("Sudah hilang dari setiap halaman.").wait_for()
    wait_until(lambda: not stands(oldest), SEEN_WITHIN_S, "it is gone")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.thorough
def test_axe_finds_nothing_on_the_screens(paper: Paper, new_context, width: int, scheme: str) -> None:
    page = signed_in(paper, new_context(width=width, color_scheme=scheme, bypass_csp=True).new_page())
    found = []
    for path in ("/redaksi/fronts/", _FRONT, f"{_FRONT}history/", "/redaksi/breaking/"):
        page.goto(paper.url + path, wait_until="load")
        if path == _FRONT:
            page.locator(".warta-front__found button[value^='put:lead:']").nth(1).click()
            expect(page.locator("[data-slot=lead] .warta-front__headline")).to_have_count(1)
        page.evaluate(_AXE)
        result = page.evaluate("() => axe.run('main', {resultTypes: ['violations']})")
        assert len(result["passes"]) > 5, "axe looked at nothing"
        found += [f"{path}: {rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]]
        page.screenshot(path=f"build/pictures/axe-{width}-{scheme}-{path.strip('/').replace('/', '-')}.png")
        overflow = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{path} is {overflow} px too wide"
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.thorough
def test_take_a_picture_of_the_screen(
    paper: Paper, new_context: Callable, request: pytest.FixtureRequest, lang: str
) -> None:
    page = signed_in(paper, new_context(width=1280, height=1000, color_scheme="light").new_page())

    def speak(language: str) -> None:
        page.goto(f"{paper.url}/redaksi/account/")
        page.locator("select[name='locale-preferred_language']").select_option(language)
        page.locator("button[type=submit]").last.click()
        page.wait_for_load_state()

    speak(lang)
    try:
        page.goto(paper.url + _FRONT)
        for number, slot in ((2, "lead"), (4, "second-1"), (0, "second-3")):
            page.locator(".warta-front__found li").nth(number).locator(f"button[value^='put:{slot}:']").click()
            expect(page.locator(f"[data-slot={slot}] .warta-front__headline")).to_have_count(1)
        page.locator("#until-second-1").fill("2030-05-03T18:00:00")
        page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
        keep(page.screenshot(), f"newsroom-fronts-{lang}", (1280, 1000), request)
    finally:
        speak("id")
