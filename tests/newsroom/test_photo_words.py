"""What a photo says of itself: caption, photographer and credit, from IPTC and XMP."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.newsroom.builders import filed, photo_bytes, photo_file
from warta.ingest.demo.draw.credit import jpeg_with_credit
from warta.lexicon.copy import PhotoCopy
from warta.newsroom.photos.inspection import inspect

CAPTION, CREATOR, CREDIT = "Warga memadati Pasar Senen", "Sari Wiradjaja", "Antara"


def dataset(record: int, number: int, value: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


def with_iptc(*datasets: bytes) -> bytes:
    """Return a JPEG with IIM datasets in a Photoshop resource."""
    whole = b"".join(datasets)
    resource = b"8BIM\x04\x04\x00\x00" + len(whole).to_bytes(4, "big") + whole + b"\0" * (len(whole) % 2)
    body = b"Photoshop 3.0\x00" + resource
    return photo_bytes((40, 30), extra=b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body)


def with_xmp(description: str, kind: str = "JPEG") -> bytes:
    """Return a picture with an XMP packet that holds a description's inner XML."""
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        f"{description}</rdf:RDF></x:xmpmeta>"
    )
    if kind == "PNG":
        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet)
        return photo_bytes((40, 30), kind, pnginfo=info)
    return photo_bytes((40, 30), kind, xmp=packet.encode())


def words(tmp_path, data: bytes) -> tuple[str, str, str]:
    found = inspect(photo_file(tmp_path, "foto.jpg", data))
    return found.caption, found.creator, found.credit


def test_words_in_both_places_are_read(tmp_path):
    data = jpeg_with_credit(
        Image.new("RGB", (40, 30)),
        caption=CAPTION,
        creator=CREATOR,
        credit=CREDIT,
        made_at=datetime(2024, 5, 3, tzinfo=UTC),
    )
    assert words(tmp_path, data) == (CAPTION, CREATOR, CREDIT)


def test_words_in_iptc_alone_are_read(tmp_path):
    data = with_iptc(
        dataset(2, 120, CAPTION.encode()), dataset(2, 80, CREATOR.encode()), dataset(2, 110, CREDIT.encode())
    )
    assert words(tmp_path, data) == (CAPTION, CREATOR, CREDIT)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_words_in_xmp_alone_are_read_from_every_format(tmp_path, kind):
    data = with_xmp(
        "<rdf:Description>"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{CAPTION}</rdf:li></rdf:Alt></dc:description>'
        f"<dc:creator><rdf:Seq><rdf:li>{CREATOR}</rdf:li><rdf:li>Bima</rdf:li></rdf:Seq></dc:creator>"
        f"<photoshop:Credit>{CREDIT}</photoshop:Credit></rdf:Description>",
        kind,
    )
    assert words(tmp_path, data) == (CAPTION, f"{CREATOR}, Bima", CREDIT)


def test_words_as_attributes_and_in_several_descriptions_are_read(tmp_path):
    data = with_xmp(
        f'<rdf:Description photoshop:Credit="{CREDIT}"/>'
        f"<rdf:Description><dc:creator><rdf:Seq><rdf:li>{CREATOR}</rdf:li></rdf:Seq></dc:creator></rdf:Description>"
    )
    assert words(tmp_path, data) == ("", CREATOR, CREDIT)


def test_iptc_comes_first_and_xmp_fills_what_it_leaves(tmp_path):
    iptc = with_iptc(dataset(2, 120, CAPTION.encode()))
    out = BytesIO()
    Image.open(BytesIO(iptc)).save(
        out,
        "JPEG",
        extra=iptc[iptc.index(b"\xff\xed") :][: int.from_bytes(iptc[iptc.index(b"\xff\xed") + 2 :][:2], "big") + 2],
        xmp=b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Antara"/>'
        b"</rdf:RDF></x:xmpmeta>",
    )
    assert words(tmp_path, out.getvalue()) == (CAPTION, "", CREDIT)


@pytest.mark.parametrize(
    ("datasets", "caption"),
    [
        ([dataset(2, 120, "Café — “baru”".encode("cp1252"))], "Café — “baru”"),
        ([dataset(2, 120, "Café".encode("latin-1"))], "Café"),
        ([dataset(2, 120, "Café".encode())], "Café"),
        ([dataset(1, 90, b"\x1b%G"), dataset(2, 120, "Café".encode())], "Café"),
        ([dataset(1, 90, b"\x1b%G"), dataset(2, 120, b"Caf\xe9")], "Caf\ufffd"),
        ([dataset(2, 120, b"  Dermaga \0\0")], "Dermaga"),
        ([dataset(2, 120, b"Der\0maga\x07 pagi\nini")], "Dermaga pagi\nini"),
        ([dataset(2, 120, b"satu"), dataset(2, 120, b"dua")], "satu, dua"),
        ([dataset(2, 120, b"")], ""),
        ([b"\x1c\x02\x78\xff\xff"], ""),
    ],
)
def test_captions_of_many_origins_are_legible(tmp_path, datasets, caption):
    assert words(tmp_path, with_iptc(*datasets))[0] == caption


@pytest.mark.parametrize(
    "packet",
    [
        b"<not-xml",
        b"",
        b"\xff\xfe\x00",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><x:xmpmeta xmlns:x="a">&b;</x:xmpmeta>',
        b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>',
        b"<a>" * 3000,
    ],
)
def test_a_broken_packet_costs_the_words_and_not_the_photo(tmp_path, packet):
    assert words(tmp_path, photo_bytes((40, 30), xmp=packet)) == ("", "", "")


def test_words_of_the_copy_win_and_empty_ones_are_filled(tmp_path):
    data = with_iptc(
        dataset(2, 120, CAPTION.encode()), dataset(2, 80, CREATOR.encode()), dataset(2, 110, CREDIT.encode())
    )
    photo = filed(lead=PhotoCopy(path=photo_file(tmp_path, data=data), credit="Dok. Pribadi")).article.lead_photo
    assert (photo.caption, photo.creator, photo.credit) == (CAPTION, CREATOR, "Dok. Pribadi")


def test_words_that_are_very_long_are_cut_to_what_can_be_kept(tmp_path):
    data = with_iptc(dataset(2, 120, b"k" * 2000), dataset(2, 80, b"p" * 2000), dataset(2, 110, b"s" * 2000))
    photo = filed(lead=PhotoCopy(path=photo_file(tmp_path, data=data))).article.lead_photo
    assert (len(photo.caption), len(photo.creator), len(photo.credit)) == (400, 200, 200)
