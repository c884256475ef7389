"""robots.txt: what robots may read, and whether companies may take the paper's words to train or to answer with.

Source: RFC 9309; the names of robots are those that their owners publish.
"""

from typing import Final

TRAINING: Final = (
    "Amazonbot", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-training-data-crawler", "GPTBot",
    "Google-Extended", "Meta-ExternalAgent", "PanguBot",
)  # fmt: skip
"""Robots that collect words to train models with."""
ANSWERING: Final = (
    "Claude-SearchBot", "Claude-User", "ChatGPT-User", "DuckAssistBot", "MistralAI-User", "OAI-SearchBot",
    "Perplexity-User", "PerplexityBot",
)  # fmt: skip
"""Robots that read a page to answer somebody's question with it, mostly naming it."""
CHOICES: Final = ("allow", "answers", "deny")
"""`allow` both, `answers` alone and no training, or `deny` both."""

_ALL: Final = """\
# Everything that readers can read, robots may read.
User-agent: *
Disallow: /redaksi/
Disallow: /baca/
"""
_WORDS: Final = {
    "allow": "# Robots that train models or answer questions with what they read are welcome as all others.\n",
    "answers": "# These collect words to train models with. This paper does not allow that; ask it for a licence.\n",
    "deny": "# These train models, or answer questions, with what they read. This paper allows neither.\n",
}


def write(choice: str, sitemap: str) -> str:
    """Write the file for one of the choices; `sitemap` is the whole address of the index of sitemaps."""
    refused = {"allow": (), "answers": TRAINING, "deny": (*TRAINING, *ANSWERING)}[choice]
    group = "".join(f"User-agent: {name}\n" for name in refused) + ("Disallow: /\n" if refused else "")
    return f"{_ALL}\n{_WORDS[choice]}{group}\nSitemap: {sitemap}\n"
