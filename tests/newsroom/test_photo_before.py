"""The same photo twice, and one that looks like another: what was here before is shown, with where and when it ran."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from PIL import Image, ImageEnhance

from tests.newsroom import builders
from tests.newsroom.photo_words import scene
from tests.newsroom.screens import uploaded
from warta.newsroom.desk import photos
from warta.newsroom.models import Photo, PhotoBand
from warta.newsroom.models.photo import bands
from warta.newsroom.permissions import Role

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
MANY = "/redaksi/images/multiple/add/"


def dropped(client: Client, data: bytes, name: str = "foto.jpg") -> dict:
    """Drop one file on the page for many."""
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    answer = client.post(MANY, {"title": "Foto", "files[]": file}, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 200, answer.content
    return answer.json()


def changed(data: bytes, **options) -> bytes:
    """Save a photo again: smaller, a little brighter, in another format."""
    image = Image.open(BytesIO(data)).convert("RGB")
    if size := options.get("size"):
        image = image.resize(size)
    if light := options.get("light"):
        image = ImageEnhance.Brightness(image).enhance(light)
    out = BytesIO()
    image.save(out, options.get("kind", "JPEG"), quality=options.get("quality", 70))
    return out.getvalue()


@pytest.fixture
def first(desk):
    photo = uploaded(desk, scene(), title="Banjir di Demak")
    article = builders.article(1, headline="Air Surut di Demak")
    article.lead_photo = photo
    article.save()
    return photo


def test_the_same_file_is_told_with_where_and_when_it_ran(desk, first):
    told = dropped(desk, scene())
    assert told["success"]
    assert told["duplicate"]
    page = html.fromstring(told["confirm_duplicate_upload"])
    text = page.text_content()
    assert "Banjir di Demak" in text
    assert "Air Surut di Demak" in text
    assert page.xpath("//time/@datetime")[0].startswith("2026-11-23")
    assert page.xpath(f"//a[@href='{reverse('wagtailimages:edit', args=[first.pk])}']")


@pytest.mark.parametrize(
    "change",
    [{"size": (300, 200)}, {"quality": 30}, {"light": 1.15}, {"kind": "WEBP"}, {"size": (1200, 800), "quality": 50}],
    ids=str,
)
def test_one_that_looks_alike_is_told_too(desk, first, change):
    told = dropped(desk, changed(scene(), **change), "lain.webp" if change.get("kind") else "lain.jpg")
    assert told["duplicate"]
    assert "Air Surut di Demak" in told["confirm_duplicate_upload"]


def test_another_photo_is_not(desk, first):
    other = Image.radial_gradient("L").resize((600, 400)).convert("RGB")
    out = BytesIO()
    other.save(out, "JPEG")
    assert not dropped(desk, out.getvalue())["duplicate"]
    assert not dropped(desk, builders.photo_bytes())["duplicate"]
    assert not dropped(desk, builders.photo_bytes(colour="red"))["duplicate"], "flat grounds look alike and say nothing"


def test_the_screen_of_a_photo_tells_where_it_was_used_and_what_was_before(desk, first):
    again = uploaded(desk, changed(scene(), quality=40), title="Lagi")
    page = desk.get(reverse("wagtailimages:edit", args=[again.pk])).content.decode()
    assert "Banjir di Demak" in page
    page = desk.get(reverse("wagtailimages:edit", args=[first.pk])).content.decode()
    assert "Air Surut di Demak" in page


def test_a_draft_is_told_to_those_who_may_see_it_alone(desk, first):
    draft = builders.article(2, headline="Naskah Rahasia", status="draft", rubric="Dunia", first_published_at=None)
    draft.lead_photo = first
    draft.save()
    person = User.objects.create_user("tirta")
    person.groups.add(Group.objects.get(name=Role.REPORTER))
    client = Client()
    client.force_login(person)
    told = dropped(client, scene())["confirm_duplicate_upload"]
    assert "Air Surut di Demak" in told
    assert "Naskah Rahasia" not in told
    assert "Naskah Rahasia" in dropped(desk, scene())["confirm_duplicate_upload"]


def test_choosing_a_photo_for_an_article_asks_which_of_the_two(desk, first):
    again = changed(scene(), quality=40)
    file = SimpleUploadedFile("lagi.jpg", again, content_type="image/jpeg")
    form = {"image-chooser-upload-title": "Lagi", "image-chooser-upload-file": file}
    answer = desk.post(reverse("wagtailimages_chooser:create"), form)
    assert answer.json()["step"] == "duplicate_found"
    fragment = answer.json()["htmlFragment"]
    assert "Air Surut di Demak" in fragment
    assert reverse("wagtailimages_chooser:chosen", args=[Photo.objects.latest("pk").pk]) in fragment


def test_looking_for_earlier_ones_costs_the_same_among_many(desk, reporter, first):
    def cost() -> int:
        with CaptureQueriesContext(connection) as told:
            assert photos.earlier(first, reporter)
        return len(told)

    uploaded(desk, scene())
    cost()
    few = cost()
    for number in range(20):
        one = Photo(title=str(number), file=first.file.name, width=600, height=400, file_hash=first.file_hash)
        one.likeness = first.likeness
        one.save()
    assert cost() <= few


def test_bands_say_which_quarter_they_are_and_flat_ones_are_left_out():
    assert bands(0) == set()
    assert bands(-1) == set()
    assert bands(0x0000_0001_FFFF_0002) == {2, 2 << 16 | 1}
    assert bands(-(2**63)) == {3 << 16 | 0x8000}


def test_bands_go_with_their_photo_and_change_with_its_file(desk, first):
    before = set(PhotoBand.objects.values_list("band", flat=True))
    file = SimpleUploadedFile("lain.jpg", scene(at=(100, 300)), content_type="image/jpeg")
    url = reverse("wagtailimages:edit", args=[first.pk])
    assert desk.post(url, {"title": "Foto", "file": file}).status_code == 302
    assert set(PhotoBand.objects.values_list("band", flat=True)) != before
    Photo.objects.get(pk=first.pk).delete()
    assert not PhotoBand.objects.exists()


def test_a_name_of_a_file_that_is_quoted_in_an_error_is_no_html(desk):
    told = dropped(desk, b"x", "a.<img src=x onerror=alert(1)>")
    assert not told["success"]
    assert "<img" not in told["error_message"]


def test_the_eye_is_guessed_marked_as_a_guess_and_set_by_hand_for_good(desk):
    photo = uploaded(desk, scene(at=(450, 120)))
    assert photo.is_eye_guessed
    assert abs(photo.focal_point_x - 450) < 90
    assert abs(photo.focal_point_y - 120) < 80
    url = reverse("wagtailimages:edit", args=[photo.pk])
    assert "warta-guess" in desk.get(url).content.decode()
    eye = {"focal_point_x": 100, "focal_point_y": 300, "focal_point_width": 50, "focal_point_height": 50}
    assert desk.post(url, {"title": "Foto", **eye}).status_code == 302
    photo.refresh_from_db()
    assert (photo.focal_point_x, photo.is_eye_guessed) == (100, False)


def test_a_photo_of_one_colour_has_no_eye(desk):
    photo = uploaded(desk)
    assert (photo.focal_point_x, photo.is_eye_guessed) == (None, False)


def test_a_photo_taken_upright_has_the_size_and_the_eye_it_is_shown_with(desk):
    exif = Image.Exif()
    exif[0x0112] = 6  # shown 90° clockwise: what lies at the left is at the top
    photo = uploaded(desk, scene((600, 400), at=(80, 200), exif=exif))
    assert (photo.width, photo.height) == (400, 600)
    assert abs(photo.focal_point_x - 200) < 80
    assert photo.focal_point_y < 250
