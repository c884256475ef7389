"""Who works at Nusa Pagi, and its rubrics. All invented."""

from typing import Final, NamedTuple


class Person(NamedTuple):
    """One invented colleague; `key` is how the articles name them."""

    key: str
    name: str
    role: str
    initials: str
    about: str


STAFF: Final = (
    Person("laras-wiragama", "Laras Wiragama", "Reporter, Semarang", "lrw", "Meliput desa, air, dan jalan di Jawa bagian tengah."),
    Person("bayu-margana", "Bayu Margana", "Reporter, Jakarta", "bym", "Menunggui rapat-rapat panjang di parlemen dan di daerah."),
    Person("sekar-pramesthi", "Sekar Pramesthi", "Reporter, Jakarta", "skp", "Meliput pengadilan, undang-undang, dan bantuan hukum."),
    Person("dimas-lokantara", "Dimas Lokantara", "Reporter, Jakarta", "dml", "Menulis tentang harga, upah, dan usaha kecil."),
    Person("yosef-manurai", "Yosef Manurai", "Reporter, Jayapura", "ysm", "Bekerja di Papua, dari pesisir sampai pegunungan."),
    Person("intan-sabarani", "Intan Sabarani", "Pewarta foto", "ints", "Memotret orang yang sedang bekerja."),
    Person("gilang-purwasita", "Gilang Purwasita", "Reporter, Bandung", "glp", "Meliput olahraga, dari lapangan kampung sampai stadion."),
    Person("nurul-hasnaini", "Nurul Hasnaini", "Reporter, Banda Aceh", "nrh", "Menulis tentang sekolah, puskesmas, dan guru."),
    Person("rangga-tirtawana", "Rangga Tirtawana", "Reporter, Yogyakarta", "rgt", "Meliput sains, gunung api, dan langit malam."),
    Person("melati-sihaloka", "Melati Sihaloka", "Reporter, Jakarta", "mls", "Mengikuti kabar dunia dan artinya bagi pembaca di sini."),
    Person("komang-adnyari", "Komang Adnyari", "Reporter, Denpasar", "kma", "Meliput Bali dan Nusa Tenggara."),
    Person("theo-lawarata", "Theo Lawarata", "Reporter, Ambon", "tlw", "Menulis tentang laut dan orang-orang yang hidup darinya."),
    Person("danu-kertapati", "Danu Zulkarnaen Kertapati", "Editor", "dzk", "Menyunting Nusantara, Politik, dan Hukum."),
    Person("wening-astutiningsih", "Wening Astutiningsih", "Editor", "wns", "Menyunting Bisnis, Dunia, dan Sains."),
    Person("halim-subandriya", "Halim Subandriya", "Editor", "hsb", "Menyunting Olahraga dan Budaya."),
)  # fmt: skip

RUBRICS: Final = (
    ("Nusantara", "Kabar dari daerah, dari Aceh sampai Papua."),
    ("Politik", "Parlemen, pemilu, dan pemerintahan di pusat dan daerah."),
    ("Hukum", "Pengadilan, undang-undang, dan hak warga."),
    ("Bisnis", "Harga, upah, panen, ekspor, dan usaha kecil."),
    ("Dunia", "Peristiwa dunia dan artinya bagi Indonesia."),
    ("Sains", "Penelitian, kesehatan, bumi, dan langit."),
    ("Olahraga", "Pertandingan, atlet, dan pembinaan."),
    ("Budaya", "Musik, buku, film, kriya, dan makanan."),
)
