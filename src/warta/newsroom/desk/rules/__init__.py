"""The screens of the press rules: corrections, right of reply, verification, withdrawal."""
