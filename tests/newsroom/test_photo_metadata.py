"""Date, place, copyright, terms and licence of a photo, and which word counts where Exif, IIM and XMP differ."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.newsroom.builders import photo_file
from tests.newsroom.photo_words import app13, digest_of, exif, iim, plain, xmp
from tests.newsroom.screens import uploaded
from warta.newsroom.photos.inspection import Inspected, inspect

WIB = timezone(timedelta(hours=7))
IIM = iim(
    n120="dari IIM",
    n80="Penulis IIM",
    n110="Kantor IIM",
    n116="© IIM",
    n90="Demak",
    n95="Jawa Tengah",
    n101="Indonesia",
)
XMP = xmp(
    dc_description="dari XMP",
    dc_creator="Penulis XMP",
    photoshop_Credit="Kantor XMP",
    dc_rights="© XMP",
    photoshop_City="Kudus",
    photoshop_State="Jawa Tengah",
    photoshop_Country="Indonesia",
)
EXIF = exif({0x010E: "dari Exif", 0x013B: "Penulis Exif", 0x8298: "© Exif"})


def seen(tmp_path, data: bytes) -> Inspected:
    return inspect(photo_file(tmp_path, "foto.jpg", data))


def said(tmp_path, **options) -> tuple[str, ...]:
    found = seen(tmp_path, plain(**options))
    return found.caption, found.creator, found.credit, found.copyright_notice, found.place


AT_DAWN = datetime(2024, 5, 2, 22, 39, 1, tzinfo=UTC)
OF_IIM = ("dari IIM", "Penulis IIM", "Kantor IIM", "© IIM", "Demak, Jawa Tengah, Indonesia")
OF_XMP = ("dari XMP", "Penulis XMP", "Kantor XMP", "© XMP", "Kudus, Jawa Tengah, Indonesia")


@pytest.mark.parametrize(
    ("segment", "words"),
    [
        (app13(IIM), OF_XMP),
        (app13(IIM, digest_of(IIM)), OF_XMP),
        (app13(IIM, digest_of(b"yang dulu")), OF_IIM),
        (app13(IIM, bytes(16)), OF_XMP),
        (app13(IIM, b"pendek"), OF_XMP),
    ],
    ids=["no digest", "in step", "IIM changed later", "digest unknown", "digest broken"],
)
def test_xmp_counts_unless_the_iim_was_changed_after_it(tmp_path, segment, words):
    assert said(tmp_path, extra=segment, xmp=XMP) == words


def test_exif_comes_before_both_where_it_speaks(tmp_path):
    words = said(tmp_path, extra=app13(IIM, digest_of(b"x")), xmp=XMP, exif=EXIF)
    assert words == ("dari Exif", "Penulis Exif", "Kantor IIM", "© Exif", "Demak, Jawa Tengah, Indonesia")


@pytest.mark.parametrize("boilerplate", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "", "   "])
def test_what_cameras_write_of_every_photo_is_no_caption(tmp_path, boilerplate):
    assert said(tmp_path, xmp=XMP, exif=exif({0x010E: boilerplate}))[0] == "dari XMP"


def test_words_that_only_one_of_them_has_are_filled_in(tmp_path):
    found = seen(tmp_path, plain(extra=app13(iim(n90="Demak"), digest_of(b"x")), xmp=xmp(dc_description="dari XMP")))
    assert (found.caption, found.place) == ("dari XMP", "Demak")


def test_exif_in_utf8_and_both_its_copyrights_are_legible(tmp_path):
    block = exif({0x013B: "Café", 0x8298: "Sari\0Antara"})
    found = seen(tmp_path, plain(exif=block))
    assert (found.creator, found.copyright_notice) == ("Café", "Sari, Antara")


@pytest.mark.parametrize(
    ("options", "instant"),
    [
        ({"xmp": xmp(photoshop_DateCreated="2024-05-03T06:39:00+09:00")}, datetime(2024, 5, 2, 21, 39, tzinfo=UTC)),
        ({"xmp": xmp(photoshop_DateCreated="2024-05-03T06:39:00")}, datetime(2024, 5, 3, 6, 39, tzinfo=WIB)),
        ({"xmp": xmp(photoshop_DateCreated="2024-05-03")}, datetime(2024, 5, 3, tzinfo=WIB)),
        ({"xmp": xmp(photoshop_DateCreated="2024-05")}, None),
        ({"xmp": xmp(photoshop_DateCreated="kemarin")}, None),
        ({"xmp": xmp(photoshop_DateCreated="0001-01-01T00:00:00+14:00")}, None),
        ({"extra": app13(iim(n55="20240503", n60="063900+0800"))}, datetime(2024, 5, 2, 22, 39, tzinfo=UTC)),
        ({"extra": app13(iim(n55="20240503"))}, datetime(2024, 5, 3, tzinfo=WIB)),
        ({"extra": app13(iim(n55="00000000"))}, None),
        (
            {"exif": exif({}, {36867: "2024:05:03 06:39:01", 36881: "+08:00"})},
            datetime(2024, 5, 2, 22, 39, 1, tzinfo=UTC),
        ),
        ({"exif": exif({}, {36867: "2024:05:03 06:39:01"})}, datetime(2024, 5, 3, 6, 39, 1, tzinfo=WIB)),
        ({"exif": exif({}, {36867: "0000:00:00 00:00:00"})}, None),
    ],
)
def test_the_instant_is_read_with_its_offset_or_in_the_papers_zone(tmp_path, options, instant):
    assert seen(tmp_path, plain(**options)).taken_at == instant


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://kantor.example/lisensi?a=1&b=2", "https://kantor.example/lisensi?a=1&b=2"),
        ("http://kantor.example", "http://kantor.example"),
        ("javascript:alert(1)", ""),
        ("JaVaScript://kantor.example/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("//kantor.example", ""),
        ("https://", ""),
        ('https://kantor.example/"><script>', ""),
        ("https://[kantor", ""),
        ("lihat kontrak", ""),
    ],
)
def test_a_licence_is_an_address_of_the_web_or_nothing(tmp_path, address, kept):
    assert seen(tmp_path, plain(xmp=xmp(xmpRights_WebStatement=address))).licence == kept


def test_terms_are_read_and_the_licensors_address_where_no_statement_is(tmp_path):
    packet = xmp(xmpRights_UsageTerms="Hanya untuk berita", plus_Licensor="x").replace(
        b"<plus:Licensor>x</plus:Licensor>",
        b'<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://kantor.example/beli'
        b"</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>",
    )
    found = seen(tmp_path, plain(xmp=packet))
    assert (found.usage_terms, found.licence) == ("Hanya untuk berita", "https://kantor.example/beli")


def test_of_words_in_several_languages_the_default_ones_are_read(tmp_path):
    several = b'<rdf:Alt><rdf:li xml:lang="en">Harbour</rdf:li><rdf:li xml:lang="x-default">Dermaga</rdf:li></rdf:Alt>'
    packet = xmp(dc_description="@").replace(b"@", several)
    assert seen(tmp_path, plain(xmp=packet)).caption == "Dermaga"


def test_all_of_it_is_kept_and_shown_on_the_screen(desk):
    packet = xmp(
        xmpRights_UsageTerms="Hanya untuk berita",
        xmpRights_WebStatement="https://kantor.example/l",
        photoshop_DateCreated="2024-05-03T06:39:00+07:00",
        photoshop_City="Demak",
        dc_rights="© Kantor",
    )
    photo = uploaded(desk, plain(xmp=packet))
    kept = (photo.usage_terms, photo.licence, photo.place, photo.copyright_notice, photo.taken_at)
    instant = datetime(2024, 5, 3, 6, 39, tzinfo=WIB)
    assert kept == ("Hanya untuk berita", "https://kantor.example/l", "Demak", "© Kantor", instant)


@pytest.mark.parametrize("address", ["https://kantor.example/" + "a" * 400, "https://salah_sekali/", "http://a..b/"])
def test_an_address_that_cannot_be_kept_costs_the_address_and_not_the_photo(desk, address):
    photo = uploaded(desk, plain(xmp=xmp(xmpRights_WebStatement=address, photoshop_Credit="Antara")))
    assert (photo.licence, photo.credit) == ("", "Antara")
