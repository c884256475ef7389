"""The newsroom's sieve: what HTML may enter a paragraph."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warta.newsroom.sieve import inline_html

TAG = re.compile(r"<[^>]*>")
SCHEME = r"\s*[A-Za-z][A-Za-z0-9+.\-]*:"
RIGHT = re.compile(rf'</?(p|b|i|br|ul|ol|li|a)>|<a href="(https?:|mailto:|(?!{SCHEME}))[^"<>]*">')
PIECES = """<p> </p> <b> </b> <script> </script> <style> <svg/onload=alert(1)> <a¤href=' '> </a> javascript:alert(1)
https://a.example/?a=1&b=2 <img¤src=x¤onerror=alert(1)> <!-- --> <iframe¤srcdoc= <math><mi¤xlink:href= <template> é \0
&lt;script&gt; &#106;avascript: <li> <ul¤onclick=x> <strong> <em¤class=x> </em> <p¤style='x'> <![CDATA[ ]]>
<table><td> <plaintext> <noscript> &#8; java&#8;script: \x1f"""
MIXTURES = st.lists(
    st.sampled_from([piece.replace("¤", " ") for piece in PIECES.split()]) | st.text(max_size=8), max_size=20
).map("".join)


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>a <strong>b</strong> <em>c</em></p>", "<p>a <b>b</b> <i>c</i></p>"),
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<p onclick='x' style='y' class='z' id='q'>a</p>", "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="JaVa&#115;cript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<a href="https://a.example/?b=1&c=2" target="_blank" rel="x">a</a>', '<a href="https://a.example/?b=1&amp;c=2">a</a>'),
        ('<a href="/foto besar/<1>.html?a={b}">a</a>', '<a href="/foto%20besar/%3C1%3E.html?a=%7Bb%7D">a</a>'),
        ('<a href="mailto:a@b.example">a</a>', '<a href="mailto:a@b.example">a</a>'),
        ("<h1>a</h1><div>b<img src=x onerror=alert(1)></div>", "ab"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("a<!-- b -->c", "ac"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("a\x00b\x08c&#8;d\x7f", "abcd"),
        ('<a href="java&#8;script:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="java\x08script:alert(1)">a</a>', "<a>a</a>"),
        ("<scr&#8;ipt>a</scr\x08ipt>", "a"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_passes_and_what_does_not(html, clean):
    assert inline_html(html) == clean


@given(html=MIXTURES)
@example(html="<a href='<p>javascript:alert(1)<a href='<p>")
def test_whatever_comes_only_the_few_marks_pass(html):
    clean = inline_html(html)
    assert [tag for tag in TAG.findall(clean) if not RIGHT.fullmatch(tag)] == []
    assert inline_html(clean) == clean
