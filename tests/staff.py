"""Adds to a paper's folder the people who sign in during the tests: `python -m tests.staff`."""

from warta.config.starting import set_up

PASSWORD = "kata-sandi-uji-4471"
STAFF = {
    "sekar": ("editor", "Sekar Wiraguna"),
    "pewarta": ("reporter", "Tirta Anggara"),
    "pelaksana": ("managing-editor", "Ratri Manggala"),
    "juru": ("photo-editor", ""),
}
"""The role and full name of each."""


def main() -> None:
    """Add them all."""
    set_up()
    from warta.config import users

    for name, (role, full_name) in STAFF.items():
        users.add(name, role=role, password=PASSWORD, full_name=full_name)


if __name__ == "__main__":
    main()
