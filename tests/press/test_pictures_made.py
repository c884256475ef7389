"""The pictures that readers get: formats, sizes, focal point, colours, whom to credit, and no other metadata."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image, ImageCms

from tests.newsroom.builders import filed, photo_file
from tests.newsroom.test_photo_zoo import SOUND
from warta.ingest.demo.draw.credit import jpeg_with_credit
from warta.lexicon.copy import PhotoCopy
from warta.newsroom.models import Photo
from warta.paper.pages import File, Picture
from warta.paper.pictures import PREFIX, path_of
from warta.press import pictures, rights
from warta.press.models import MadePicture

CROPS = [pictures.WIDE, pictures.SQUARE, pictures.WHOLE]


def keep(folder: Path, image: Image.Image | bytes, kind: str = "JPEG", **options: object) -> Photo:
    """Keep a picture as a wire's photo."""
    if isinstance(image, Image.Image):
        out = BytesIO()
        image.save(out, kind, **options)
        image = out.getvalue()
    made = filed(lead=PhotoCopy(path=photo_file(folder, "foto", image)))
    assert made.lost == []
    return made.article.lead_photo


def made(photo: Photo, crop: pictures.Crop) -> Picture:
    picture = pictures.picture(photo, crop, alt="")
    assert picture is not None
    return picture


def opened(file: File) -> Image.Image:
    path = path_of(file.address.removeprefix(PREFIX))
    assert path is not None
    image = Image.open(path)
    image.load()
    return image


def is_near(pixel: tuple[int, ...], colour: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(pixel, colour, strict=True))


@pytest.fixture
def photo(tmp_path):
    return keep(tmp_path, Image.new("RGB", (2000, 1500), "steelblue"))


@pytest.mark.parametrize("crop", CROPS, ids=lambda crop: crop.name)
def test_every_crop_comes_in_three_formats_with_true_sizes(photo, crop):
    picture = made(photo, crop)
    assert [file.width for file in picture.avif] == sorted(file.width for file in picture.avif)
    assert [(file.width, file.height) for file in picture.avif] == [(file.width, file.height) for file in picture.webp]
    assert len(picture.jpeg) == 1
    for kind, files in (("AVIF", picture.avif), ("WEBP", picture.webp), ("JPEG", picture.jpeg)):
        for file in files:
            image = opened(file)
            assert (image.format, image.size) == (kind, (file.width, file.height))
            assert is_near(image.convert("RGB").getpixel((5, 5)), (70, 130, 180))


@pytest.mark.parametrize(
    ("crop", "sizes"),
    [
        (pictures.WIDE, [(480, 320), (800, 533), (1280, 853)]),
        (pictures.SQUARE, [(160, 160), (320, 320)]),
        (pictures.WHOLE, [(480, 360), (800, 600), (1280, 960)]),
    ],
    ids=lambda crop: getattr(crop, "name", ""),
)
def test_the_sizes_of_a_crop(photo, crop, sizes):
    assert [(file.width, file.height) for file in made(photo, crop).webp] == sizes


@pytest.mark.parametrize("size", [(100, 80), (1, 3000), (3000, 1), (481, 100)])
@pytest.mark.parametrize("crop", CROPS, ids=lambda crop: crop.name)
def test_a_small_or_narrow_original_is_never_enlarged(tmp_path, crop, size):
    picture = made(keep(tmp_path, Image.new("RGB", size, "red")), crop)
    for file in (*picture.avif, *picture.webp, *picture.jpeg):
        assert file.width <= size[0]
        assert file.height <= size[1]
        assert opened(file).size == (file.width, file.height)
    assert len({(file.width, file.height) for file in picture.avif}) == len(picture.avif)


@pytest.mark.parametrize("place", [(150, 150), (1850, 150), (1700, 1400)])
@pytest.mark.parametrize("crop", [pictures.WIDE, pictures.SQUARE], ids=lambda crop: crop.name)
def test_what_is_marked_as_the_eye_of_a_photo_is_in_every_crop(tmp_path, crop, place):
    image = Image.new("RGB", (2000, 1500), (0, 0, 120))
    image.paste((250, 200, 0), (place[0] - 100, place[1] - 100, place[0] + 100, place[1] + 100))
    photo = keep(tmp_path, image)
    photo.focal_point_x, photo.focal_point_y = place
    photo.focal_point_width = photo.focal_point_height = 200
    photo.save()
    cut = opened(made(photo, crop).jpeg[0]).convert("RGB")
    yellow = sum(is_near(pixel, (250, 200, 0)) for pixel in cut.get_flattened_data())
    scale = cut.width / 2000 if crop is pictures.WIDE else cut.height / 1500
    assert yellow >= (200 * scale) ** 2 * 0.65  # its blurred edge does not count


def test_search_engines_get_three_ratios_about_the_eye_and_the_original_is_opened_once(tmp_path, monkeypatch):
    image = Image.new("RGB", (2000, 1500), (0, 0, 120))
    image.paste((250, 200, 0), (1700, 1200, 1900, 1400))
    photo = keep(tmp_path, image)
    photo.focal_point_x, photo.focal_point_y, photo.focal_point_width, photo.focal_point_height = 1800, 1300, 200, 200
    photo.credit = "Antara"
    photo.save()
    opened_, open_ = [], pictures._open
    monkeypatch.setattr(pictures, "_open", lambda photo: (opened_.append(photo.pk), open_(photo))[1])
    lead = pictures.lead(photo, alt="Dermaga", caption="Warga", credit="Antara")
    assert [(file.width, file.height) for file in lead.ratios] == [(1200, 675), (1200, 900), (1200, 1200)]
    for file in lead.ratios:
        cut = opened(file)
        assert (cut.format, cut.size) == ("JPEG", (file.width, file.height))
        assert cut.getxmp()["xmpmeta"]["RDF"]["Description"]["Credit"] == "Antara"
        some = cut.resize((cut.width // 8, cut.height // 8), Image.Resampling.NEAREST)
        assert sum(is_near(pixel, (250, 200, 0)) for pixel in some.get_flattened_data()) >= 14**2
    assert pictures.lead(photo, alt="Dermaga", caption="Warga", credit="Antara") == lead
    assert lead.wide == pictures.picture(photo, pictures.WIDE, alt="Dermaga", caption="Warga", credit="Antara")
    assert opened_ == [photo.pk]
    small = pictures.lead(keep(tmp_path, Image.new("RGB", (900, 700), "red")), alt="").ratios
    assert [(file.width, file.height) for file in small] == [(900, 508), (900, 676), (700, 700)]
    Path(photo.file.path).unlink()
    MadePicture.objects.filter(photo_id=photo.pk, recipe__startswith="ratios").delete()
    assert pictures.lead(photo, alt="Dermaga", caption="Warga", credit="Antara") == pictures.Lead(
        lead.wide, lead.square, ()
    )


def test_in_a_square_the_eye_keeps_its_place_between_the_edges(tmp_path):
    image = Image.new("RGB", (3000, 900), (0, 0, 120))
    image.paste((250, 200, 0), (2000, 300, 2300, 600))
    photo = keep(tmp_path, image)
    photo.focal_point_x, photo.focal_point_y = 2150, 450
    photo.focal_point_width = photo.focal_point_height = 300
    photo.save()
    cut = opened(made(photo, pictures.SQUARE).jpeg[0]).convert("RGB")
    assert is_near(cut.getpixel((cut.width * 2150 // 3000, cut.height // 2)), (250, 200, 0))
    assert is_near(cut.getpixel((4, 4)), (0, 0, 120))


def test_another_focal_point_makes_other_files_and_the_same_makes_none(photo):
    first = made(photo, pictures.SQUARE)
    assert made(Photo.objects.get(pk=photo.pk), pictures.SQUARE) == first
    assert MadePicture.objects.filter(photo_id=photo.pk).count() == 1
    photo.focal_point_x, photo.focal_point_y, photo.focal_point_width, photo.focal_point_height = 100, 100, 50, 50
    photo.save()
    made(photo, pictures.SQUARE)
    assert MadePicture.objects.filter(photo_id=photo.pk).count() == 2


@pytest.mark.parametrize(
    ("mode", "colour", "kind", "seen"),
    [
        ("RGBA", (255, 0, 0, 255), "PNG", (255, 0, 0)),
        ("RGBA", (255, 0, 0, 0), "PNG", (255, 255, 255)),
        ("LA", (0, 255), "PNG", (0, 0, 0)),
        ("L", 128, "JPEG", (128, 128, 128)),
        ("1", 1, "PNG", (255, 255, 255)),
        ("P", 0, "PNG", (0, 0, 0)),
        ("CMYK", (0, 255, 255, 0), "JPEG", (255, 0, 0)),
        ("I;16", 32768, "PNG", (128, 128, 128)),
    ],
)
def test_every_kind_of_colour_becomes_rgb(tmp_path, mode, colour, kind, seen):
    photo = keep(tmp_path, Image.new(mode, (600, 400), colour), kind)
    for file in (made(photo, pictures.WIDE).jpeg[0], made(photo, pictures.WIDE).webp[0]):
        image = opened(file)
        assert image.mode == "RGB"
        assert is_near(image.getpixel((100, 100)), seen)


def test_a_palette_with_a_clear_colour_lies_on_white(tmp_path):
    image = Image.new("P", (600, 400), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])
    photo = keep(tmp_path, image, "PNG", transparency=0)
    assert is_near(opened(made(photo, pictures.WIDE).jpeg[0]).getpixel((9, 9)), (255, 255, 255))


def test_a_camera_held_upright_gives_an_upright_picture(tmp_path):
    image = Image.new("RGB", (1200, 800), "navy")
    image.paste((250, 200, 0), (0, 0, 600, 800))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it 90° clockwise
    picture = made(keep(tmp_path, image, exif=exif), pictures.WHOLE)
    shown = opened(picture.jpeg[0]).convert("RGB")
    assert shown.height > shown.width
    assert is_near(shown.getpixel((shown.width // 2, 20)), (250, 200, 0))
    assert is_near(shown.getpixel((shown.width // 2, shown.height - 20)), (0, 0, 128))


@pytest.mark.parametrize("profile", [ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), None])
def test_nothing_of_the_originals_metadata_reaches_readers(tmp_path, profile):
    exif = Image.Exif()
    exif[0x0131] = "Nama Rahasia"
    exif.get_ifd(0x8769).update({0xA430: "Nama Rahasia", 0xA431: "Nama Rahasia", 0x927C: b"Nama Rahasia"})
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 0.0)})
    photo = keep(
        tmp_path,
        Image.new("RGB", (1300, 900), "navy"),
        exif=exif,
        comment=b"Nama Rahasia",
        xmp=b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Nama Rahasia</x:xmpmeta>',
        icc_profile=profile,
    )
    assert b"Nama Rahasia" in Path(photo.file.path).read_bytes()
    for crop in CROPS:
        picture = made(photo, crop)
        for file in (*picture.avif, *picture.webp, *picture.jpeg):
            image = opened(file)
            assert dict(image.getexif()) == {}
            assert not {"xmp", "comment", "photoshop", "exif"} & set(image.info), image.info
            assert b"Rahasia" not in (path_of(file.address.removeprefix(PREFIX)) or Path()).read_bytes()


RIGHTS = {
    "creator": "Sari <Wiradjaja> & Kawan",
    "credit": 'Kantor "Antara"',
    "copyright_notice": "© 2024 Kantor Berita",
    "usage_terms": "Hanya untuk pemberitaan.",
    "licence": "https://kantor.example/lisensi?a=1&b=2",
}


def said_in(file: File) -> dict[str, str]:
    """Return the rights that a picture carries, by the names of a photo's fields."""
    about = opened(file).getxmp()["xmpmeta"]["RDF"]["Description"]
    return {
        "creator": about["creator"]["Seq"]["li"],
        "credit": about["Credit"],
        "copyright_notice": about["rights"]["Alt"]["li"]["text"],
        "usage_terms": about["UsageTerms"]["Alt"]["li"]["text"],
        "licence": about["WebStatement"],
    }


@pytest.mark.parametrize("crop", CROPS, ids=lambda crop: crop.name)
def test_credit_and_licence_stand_in_every_picture(photo, crop):
    for name, words in RIGHTS.items():
        setattr(photo, name, words)
    photo.save()
    picture = made(photo, crop)
    for file in (*picture.avif, *picture.webp, *picture.jpeg):
        assert said_in(file) == RIGHTS
        assert set(opened(file).info) & {"exif", "comment", "photoshop"} == set()


def test_what_an_original_says_of_itself_comes_back_in_its_pictures_and_its_place_does_not(tmp_path):
    image = Image.effect_noise((900, 600), 80).convert("RGB")
    data = jpeg_with_credit(
        image, caption="Pasar", creator="Sari Wiradjaja", credit="Antara", made_at=datetime(2024, 5, 3, tzinfo=UTC)
    )
    picture = made(keep(tmp_path, data), pictures.WIDE)
    for file in (*picture.avif, *picture.webp, *picture.jpeg):
        about = opened(file).getxmp()["xmpmeta"]["RDF"]["Description"]
        assert (about["creator"]["Seq"]["li"], about["Credit"]) == ("Sari Wiradjaja", "Antara")
        assert "Pasar" not in str(about)


def test_another_credit_makes_other_pictures(photo):
    first = made(photo, pictures.SQUARE)
    photo.credit = "Antara"
    photo.save()
    assert made(photo, pictures.SQUARE) != first


@pytest.mark.parametrize("letter", ["k", "&", "界", "\x00", "\ud800", "\U0001f5de"])
def test_rights_of_any_length_and_letter_stay_within_their_bytes(letter):
    photo = Photo(creator=letter * 200, credit="Antara", copyright_notice=letter * 200, usage_terms=letter * 400)
    photo.licence = "https://kantor.example/" + "a" * 270
    packet = rights.packet(photo)
    assert len(packet) <= rights.MOST_BYTES
    assert b"Antara" in packet
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "WEBP", xmp=packet)
    assert Image.open(out).getxmp()["xmpmeta"]["RDF"]["Description"]["Credit"] == "Antara"


def test_a_photo_of_which_nothing_is_known_carries_nothing(photo):
    assert rights.packet(photo) == b""
    assert "xmp" not in opened(made(photo, pictures.WIDE).webp[0]).info


def test_a_print_profile_is_not_handed_to_readers(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture = made(keep(tmp_path, Image.new("CMYK", (600, 400)), icc_profile=profile), pictures.WIDE)
    for file in (*picture.avif, *picture.webp, *picture.jpeg):
        assert opened(file).info.get("icc_profile") in {None, b""}


def test_an_original_that_is_gone_gives_no_picture(photo):
    Path(photo.file.path).unlink()
    assert pictures.picture(photo, pictures.WIDE, alt="") is None


def test_files_lie_in_the_readers_folder_alone(photo):
    made(photo, pictures.WIDE)
    kept = [path for path in Path(settings.WARTA_PICTURES).rglob("*") if path.is_file()]
    assert len(kept) == 7
    assert all(path_of(path.name) == path for path in kept)


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore:Tag data larger than file")
@pytest.mark.parametrize("name", SOUND)
def test_whatever_else_is_in_a_photo_no_reader_gets_it(tmp_path, name):
    photo = keep(tmp_path, SOUND[name])
    for crop in CROPS:
        picture = made(photo, crop)
        for file in (*picture.avif, *picture.webp, *picture.jpeg):
            image = opened(file)
            assert dict(image.getexif()) == {}
            assert image.getexif().get_ifd(0x8825) == {}
            assert not {"comment", "photoshop", "exif", "icc_profile"} & set(image.info)
            data = (path_of(file.address.removeprefix(PREFIX)) or Path()).read_bytes()
            assert not [word for word in (b"Rahasia", b"<script", b"GPS", b"PK\x03\x04", b"root:") if word in data]
