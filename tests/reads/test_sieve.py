import pytest

from warta.reads.sieve import Rule, objection
from warta.reads.sources import device, source

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0"

ROBOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    f"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) {CHROME} Mobile Safari/537.36 (compatible; Googlebot/2.1)",
    "Googlebot-Image/1.0",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    f"Mozilla/5.0 {CHROME} Safari/537.36 BingPreview/1.0b",
    "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; YandexMetrika/2.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "DuckDuckBot/1.1",
    "Sogou web spider/4.0",
    "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 Mobile Safari/537.36 (compatible; Bytespider)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 Safari/605.1.15 (Applebot/0.1)",
    "facebookexternalhit/1.1",
    "meta-externalagent/1.1",
    "Twitterbot/1.0",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient)",
    "WhatsApp/2.23.20.0 A",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0",
    "Mozilla/5.0 (compatible; Discordbot/2.0)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "GPTBot/1.2",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ChatGPT-User/1.0; +https://openai.com/bot)",
    "ClaudeBot/1.0",
    "CCBot/2.0",
    "AhrefsBot/7.0",
    "SemrushBot/7~bl",
    "MJ12bot/v1.4.8",
    "ia_archiver",
    "archive.org_bot",
    "Mozilla/5.0+(compatible; UptimeRobot/2.0)",
    "Pingdom.com_bot_version_1.4",
    f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} Safari/537.36 Chrome-Lighthouse",
    "Mediapartners-Google",
    "Google-Read-Aloud",
    "GoogleOther",
    "FeedFetcher-Google",
    "Feedly/1.0",
    "W3C_Validator/1.3",
    "curl/8.5.0",
    "Wget/1.21.3",
    "python-requests/2.32.3",
    "Python-urllib/3.11",
    "Go-http-client/2.0",
    "Java/17.0.9",
    "okhttp/4.12.0",
    "axios/1.7.2",
    "node-fetch/1.0",
    "libwww-perl/6.67",
    "Scrapy/2.11.1",
    f"Mozilla/5.0 (X11; Linux x86_64) {CHROME.replace('Chrome', 'HeadlessChrome')} Safari/537.36",
    "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 PhantomJS/2.1.1 Safari/538.1",
    "Mozilla/5.0 zgrab/0.x",
]

READERS = [
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/149.0.0.0",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 OPR/119.0.0.0",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} YaBrowser/25.2.0.0 Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) {CHROME} Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 13; SM-A135F) SamsungBrowser/27.0 {CHROME} Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; U; Android 12; id-ID; RMX3231) {CHROME} UCBrowser/13.5.8 Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 12; V2120; wv) {CHROME} Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/450.0;]",
    f"Mozilla/5.0 (Linux; Android 12; CPH2269; wv) {CHROME} Mobile Safari/537.36 Instagram 300.0 Android",
    f"Mozilla/5.0 (Linux; Android 12; vivo 1901; wv) {CHROME} trill_330 BytedanceWebview/d8a21c6",
    f"Mozilla/5.0 (Linux; Android 12; Redmi 9C; wv) {CHROME} Line/13.20.0/IAB",
    f"Mozilla/5.0 (Linux; Android 12; Pixel 6; wv) {CHROME} Mobile Safari/537.36 GSA/15.1",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/137.0 Mobile/15E148",
    "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16",
    "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
]


@pytest.mark.parametrize("user_agent", ROBOTS)
def test_programs_that_say_what_they_are_do_not_read(user_agent: str) -> None:
    assert objection({"user-agent": user_agent}) is Rule.ROBOT


@pytest.mark.parametrize("user_agent", READERS)
def test_browsers_read(user_agent: str) -> None:
    assert objection({"user-agent": user_agent}) is None


@pytest.mark.parametrize("headers", [{}, {"user-agent": ""}, {"user-agent": "  "}])
def test_browsers_name_themselves(headers: dict[str, str]) -> None:
    assert objection(headers) is Rule.NAMELESS


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("Sec-Purpose", "prefetch", Rule.PREFETCH),
        ("Sec-Purpose", "prefetch;prerender", Rule.PREFETCH),
        ("Purpose", "prefetch", Rule.PREFETCH),
        ("Purpose", "Prefetch", Rule.PREFETCH),
        ("X-Purpose", "preview", Rule.PREFETCH),
        ("X-Moz", "prefetch", Rule.PREFETCH),
        ("Purpose", "", None),
        ("Sec-Fetch-Site", "same-origin", None),
        ("Sec-Fetch-Site", "same-site", Rule.FOREIGN),
        ("Sec-Fetch-Site", "cross-site", Rule.FOREIGN),
        ("Sec-Fetch-Site", "none", Rule.FOREIGN),
        ("DNT", "1", Rule.REFUSED),
        ("DNT", "0", None),
        ("Sec-GPC", "1", Rule.REFUSED),
    ],
)
def test_what_nobody_has_seen_is_not_read(name: str, value: str, reason: Rule | None) -> None:
    assert objection({"user-agent": READERS[0], name.lower(): value}) is reason


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("", "direct"),
        ("undefined", "direct"),
        ("koran.example", "own"),
        ("KORAN.example", "own"),
        ("www.google.co.id", "search"),
        ("com.google.android.googlequicksearchbox", "search"),
        ("duckduckgo.com", "search"),
        ("l.facebook.com", "social"),
        ("t.co", "social"),
        ("com.facebook.katana", "social"),
        ("notgoogle.com", "other"),
        ("google.evil.example.org.x", "other"),
        ("<script>" * 1000, "other"),
    ],
)
def test_where_from_is_one_of_five(host: str, expected: str) -> None:
    assert source(host, "koran.example") == expected


def test_on_what_is_one_of_three() -> None:
    assert [device(READERS[place]) for place in (0, 4, 16)] == ["desktop", "phone", "phone"]
    assert device("Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 Safari/537.36") == "tablet"
