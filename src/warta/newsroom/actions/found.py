"""Found a paper: what an empty newsroom needs before its first article."""

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission

from warta.newsroom.models import Channel, StaticPage

_CHANNELS: Final = ("Berita", "Opini", "Foto", "Video")
_OWN: Final = ("article", "photo")
_PAPER: Final = ("rubric", "channel", "topic", "contributor", "staticpage")
EDITORS: Final = "Editor"
REPORTERS: Final = "Reporter"


@transaction.atomic
def found() -> None:
    """Make channels, groups and the static pages where they are missing; what exists is left as it is."""
    if not Channel.objects.exists():
        for order, name in enumerate(_CHANNELS, start=1):
            Channel(name=name, order=order).save()
    if not StaticPage.objects.exists():
        for order, (slug, title, paragraphs) in enumerate(_statics(), start=1):
            page = StaticPage(slug=slug, title=title, order=order)
            page.body = [("heading" if text.startswith("# ") else "paragraph", _block(text)) for text in paragraphs]
            page.save()
    _group(REPORTERS, {"article": ("add", "change", "publish"), "topic": ("add",)})
    _group(
        EDITORS,
        {
            "article": ("add", "change", "delete", "publish", "lock", "unlock"),
            **dict.fromkeys(_PAPER, ("add", "change", "delete")),
        },
    )


def _group(name: str, rights: dict[str, tuple[str, ...]]) -> None:
    group, _made = Group.objects.get_or_create(name=name)
    codes = [f"{right}_{model}" for model, wanted in rights.items() for right in wanted]
    group.permissions.add(*Permission.objects.filter(content_type__app_label="newsroom", codename__in=codes))
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    root = Collection.get_first_root_node()
    for right in ("add", "change", "choose"):
        permission = Permission.objects.get(content_type__app_label="newsroom", codename=f"{right}_photo")
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _block(text: str) -> str:
    return text.removeprefix("# ") if text.startswith("# ") else f"<p>{text}</p>"


def _statics() -> list[tuple[str, str, list[str]]]:
    return [
        (
            "tentang-kami",
            "Tentang Kami",
            [
                "Kami koran yang bekerja di jaringan. Kami melaporkan apa yang kami lihat dan dengar sendiri, menyebut"
                " dari mana kami tahu, dan memperbaiki yang keliru di tempat yang sama dengan kekeliruannya.",
                "# Yang dapat Anda harapkan",
                "Setiap berita menyebut siapa yang melaporkan, di mana, dan kapan, dengan zona waktunya. Alamat sebuah"
                " berita tidak pernah berubah. Berita yang dicabut tetap mempunyai alamat, dan di sana tertulis"
                " alasannya.",
                "# Pembaca kami",
                "Halaman kami tidak menitipkan apa pun di peranti Anda dan tidak memanggil pihak ketiga. Jumlah pembaca"
                " dihitung tanpa menyimpan alamat siapa pun.",
            ],
        ),
        (
            "susunan-redaksi",
            "Susunan Redaksi",
            [
                "Susunan redaksi memuat nama penanggung jawab, pemimpin redaksi, dan para editor, beserta alamat redaksi"
                " dan perusahaan yang menerbitkan koran ini, sebagaimana diwajibkan bagi perusahaan pers.",
                "Ganti naskah ini dengan susunan redaksi Anda di ruang redaksi, menu Koran, Halaman tetap.",
            ],
        ),
        (
            "pedoman-media-siber",
            "Pedoman Media Siber",
            [
                "Kami memegang Kode Etik Jurnalistik dan Pedoman Pemberitaan Media Siber yang ditetapkan Dewan Pers."
                " Ringkasnya, dengan kata kami sendiri:",
                "# Uji dulu, baru terbit",
                "Berita yang dapat merugikan seseorang diuji dan dilengkapi tanggapannya. Bila keadaan mendesak dan"
                " tanggapan belum didapat, kami menuliskannya, lalu memuat kelanjutannya di berita yang sama.",
                "# Ralat, koreksi, dan hak jawab",
                "Ralat ditautkan pada berita yang diralat dan menyebut waktunya. Pihak yang dirugikan berhak menjawab, dan"
                " jawabannya ditautkan dua arah dengan berita itu.",
                "# Pencabutan",
                "Berita yang sudah terbit tidak dicabut karena tekanan dari luar redaksi. Bila dicabut karena alasan yang"
                " diakui pedoman, pembaca diberi tahu alasannya.",
            ],
        ),
    ]
