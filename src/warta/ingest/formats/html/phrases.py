"""The words by which the furniture of a page is known: side lists, advertising, share buttons, lines about the site."""

import re
from typing import Final

_I: Final = re.IGNORECASE

SIDE_NAMES: Final = re.compile(
    r"share|sharing|sharethis|addthis|sosmed|medsos|social|socmed|related|terkait|terpopuler|popular|populer|trending|"
    r"rekomendasi|recommend(?:ed|ation|ations)?|newsletter|subscribe|subscription|langganan|advert(?:isement|ising)?|ads?|"
    r"adslot|adsbygoogle|iklan|banner|promo|sponsor(?:ed)?|comments?|komentar|disqus|breadcrumbs?|pagination|paging|"
    r"pager|tags?|tagcloud|sidebar|footer|navbar|navigation|menu|cookies?|popup|modal|terkini|mostread|tren|lainnya|"
    r"reaction|rating|copyright|author|byline|bio|meta|nav|toolbar|print|search|login|skyscraper|leaderboard|outbrain|taboola|mgid",
    _I,
)
"""Parts of a class or id that mark furniture; one that holds much of the page's text is not believed."""

SIDE_HEADS: Final = re.compile(
    r"(?:berita|artikel|konten|topik|video|foto)?\s*"
    r"(?:terpopuler|populer|terkait|terkini|terbaru|lainnya|pilihan(?: editor)?|rekomendasi(?: untuk anda)?|trending|"
    r"hot topic|paling banyak dibaca|sedang tren|tren(?: hari ini)?)(?:\s*(?:lainnya|hari ini))?|"
    r"update|rekomendasi(?: \w+)?|(?:berita|artikel) lain(?:nya)?|indeks berita|jangan lewatkan|komentar|"
    r"tinggalkan (?:komentar|balasan)|most (?:popular|read|viewed)|related(?: (?:news|articles?|stories|posts?))?|"
    r"recommended(?: for you)?|you may also like|latest(?: news)?|trending(?: now)?|leave a (?:reply|comment)|bagikan|"
    r"share|tags?|kata kunci|newsletter|berlangganan(?: newsletter)?|editor'?s? (?:pick|choice)s?|"
    r"simak berita lain(?:nya)?|lihat juga|baca juga|read also|see also",
    _I,
)
"""Headings of side lists."""

NOISE: Final = re.compile(
    r"[-–—=\s]*(?:advertisement|advertorial|iklan|sponsored|ads)[-–—=\s]*|"
    r"(?:scroll|gulir|geser)\s.{0,60}(?:content|konten|membaca|article|artikel|lanjut\w*|resume)|"
    r"(?:lanjutkan|lanjut|teruskan)\s+(?:membaca|baca)(?:\s(?:artikel|berita|konten|di bawah|di sini).{0,40})?|"
    r"continue reading(?:\s.{0,40})?|(?:klik|tap|swipe)\s.{0,40}(?:selengkapnya|lanjut\w*)|"
    r"artikel ini telah tayang di .{0,160}|"
    r"(?:simak|tonton|lihat)\s+(?:juga\s+|pula\s+)?video\b.{0,150}|"
    r"(?:ikuti|dapatkan|follow|baca|simak|cek|gabung|bergabung|join|download|unduh)\s.{0,140}"
    r"(?:google news|(?:saluran|channel|grup|group)\s+(?:whatsapp|telegram)|(?:whatsapp|telegram)\s+channel|"
    r"newsletter)\b.{0,80}|"
    r"(?:bagikan|share|sebarkan|tweet|cetak|print|facebook|twitter|whatsapp|telegram|email|copy link|salin tautan)"
    r"(?:\s*(?:ke|on|via|this|ini|artikel|berita|:|\||·|facebook|twitter|whatsapp|telegram|email|line|x|copy link))*|"
    r"(?:copyright|hak cipta|©).{0,120}|dilarang (?:keras )?(?:mengambil|mengutip|menyalin).{0,200}|"
    r"(?:halaman|page|hal)\s*:?\s*(?:selanjutnya|berikutnya|sebelumnya|next|\d{1,2}(?:\s*(?:dari|of|/)\s*\d{1,2})?)?"
    r"[\s\d|«»<>.]{0,40}(?:semua|all|selanjutnya|next)?|"
    r"(?:selanjutnya|berikutnya|sebelumnya|next|previous|prev)(?:\s+page)?[\s\d|«»<>.]{0,40}(?:semua|all|selanjutnya)?|"
    r"[\s\d|«»‹›<>.]{1,40}(?:semua|selanjutnya|next|all)?|(?:tampilkan|lihat|show)\s+(?:semua|all)(?:\s+\w+)?|"
    r"(?:tags?|kata kunci|topik(?: terkait)?)\s*:?|\d+\s*(?:komentar|comments?|views?|shares?|kali dibaca)|"
    r"loading\.{0,3}",
    _I,
)
"""Lines that are no part of a text, as a whole."""

TAGS_LINE: Final = re.compile(r"(?:tags?|kata kunci|topik(?: terkait)?|label)\s*:\s*(?P<tags>.{2,300})", _I)

_READ_ALSO: Final = (
    r"(?:(?:(?:baca|lihat|simak|tonton|klik)\s+(?:juga|pula)|(?:read|see)\s+also|also\s+read|baca\s+selengkapnya)"
    r"\s*(?:artikel|berita)?\b|baca(?=\s*:))\s*[:»>-]*"
)
READ_ALSO_START: Final = re.compile(rf"\s*[\[(>»•*-]*\s*(?P<label>{_READ_ALSO})\s*", _I)
READ_ALSO_END: Final = re.compile(rf"(?:^|(?<=[.!?\"”)\n(\[]))\s*[\[(>»•*-]*\s*{_READ_ALSO}\s*$", _I)

HOME_NAMES: Final = frozenset({"home", "beranda", "depan", "halaman depan", "front", "utama", "index", "homepage", ""})
CAPTION_NAMES: Final = re.compile(
    r"caption|keterangan|credit|kredit|cap(?:t)?\b|wp-caption-text|foto-ket|img-desc|photo-?desc", _I
)
ICON_NAMES: Final = re.compile(
    r"logo|avatar|icon|emoji|smil(?:ey|ie)|sprite|pixel|badge|gravatar|author-?(?:img|photo)", _I
)
