"""Photos through the newsroom's screens: kept with their words, or refused at the field with words that help."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.newsroom import builders
from tests.newsroom.screens import upload, uploaded
from tests.newsroom.test_photo_words import CAPTION, CREATOR, CREDIT, dataset, with_iptc
from tests.newsroom.test_photo_zoo import ZOO, frames
from warta.newsroom.models import Dispatch, Photo

WORDS = (dataset(2, 120, CAPTION.encode()), dataset(2, 80, CREATOR.encode()), dataset(2, 110, CREDIT.encode()))


def errors(answer) -> dict[str, list[str]]:
    assert answer.status_code == 200, answer.status_code
    return dict(answer.context["form"].errors.items())


def test_a_photo_is_kept_with_the_words_it_brings(desk, reporter):
    photo = uploaded(desk, with_iptc(*WORDS))
    assert (photo.caption, photo.creator, photo.credit) == (CAPTION, CREATOR, CREDIT)
    assert photo.uploaded_by_user == reporter
    assert str(Dispatch.objects.latest("pk")) == f"photo:{photo.pk}"


def test_words_that_are_typed_win(desk):
    photo = uploaded(desk, with_iptc(*WORDS), caption="Lain")
    assert (photo.caption, photo.creator, photo.credit) == ("Lain", CREATOR, CREDIT)


def test_words_that_are_emptied_later_stay_empty(desk):
    photo = uploaded(desk, with_iptc(*WORDS))
    url = reverse("wagtailimages:edit", args=[photo.pk])
    assert desk.post(url, {"title": "Foto", "caption": "", "credit": "Baru"}).status_code == 302
    photo.refresh_from_db()
    assert (photo.caption, photo.credit) == ("", "Baru")


def test_a_photo_from_a_telephone_is_taken(desk):
    assert uploaded(desk, frames("MPO")).width == 40


@pytest.mark.parametrize("name", ZOO)
def test_the_zoo_is_refused_at_the_field(desk, name):
    answer = upload(desk, ZOO[name][0], name)
    assert list(errors(answer)) == ["file"]
    assert not Photo.objects.exists()


@pytest.mark.parametrize("name", ["truncated.jpg", "drawing called.jpg", "claims 20,000 × 20,000 in 48 bytes.png"])
def test_the_zoo_is_refused_where_many_are_dropped_at_once(desk, name):
    file = SimpleUploadedFile(name, ZOO[name][0], content_type="image/jpeg")
    answer = desk.post(
        reverse("wagtailimages:add_multiple"), {"files[]": file}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert answer.status_code < 500
    assert not json.loads(answer.content)["success"]
    assert not Photo.objects.exists()


NAMES = ["../../jahat.jpg", "/etc/passwd.jpg", "a\0b.jpg", "<b>.jpg", "фото.jpg", ".jpg", "a&c.jpg", f"{'n' * 250}.jpg"]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_file_is_called_it_lies_in_its_folder(desk, settings, name):
    answer = upload(desk, name=name)
    assert answer.status_code in {200, 302}
    if answer.status_code == 302:
        path = settings.MEDIA_ROOT / Photo.objects.get().file.name
        assert path.resolve().is_relative_to(settings.MEDIA_ROOT.resolve())
        assert path.is_file()


def test_a_photo_over_the_limit_is_refused_with_the_limit(desk, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1000
    assert list(errors(upload(desk))) == ["file"]


def test_a_photo_is_found_by_those_who_are_signed_in_alone(desk, client):
    photo = uploaded(desk)
    url = photo.file.url
    seen = desk.get(url)
    assert (seen.status_code, seen["Content-Security-Policy"]) == (200, "default-src 'none'; sandbox")
    assert b"".join(seen.streaming_content) == builders.photo_bytes()
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    "name", ["../secret", "..%2fsecret", "%2e%2e/secret", "tidak-ada.jpg", "%00", ".", "//etc/passwd"]
)
def test_no_address_of_media_leads_elsewhere(desk, settings, name):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    (settings.MEDIA_ROOT.parent / "secret").write_text("rahasia")
    assert desk.get(f"/redaksi/media/{name}").status_code == 404


def test_a_changed_photo_leaves_work_for_the_articles_that_show_it(desk):
    photo = uploaded(desk)
    made = builders.article()
    made.lead_photo = photo
    made.save()
    Dispatch.objects.all().delete()
    Photo.objects.filter(pk=photo.pk).delete()
    assert [str(row) for row in Dispatch.objects.all()] == [f"article:{made.pk}"]
