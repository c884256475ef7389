"""Bringing photos in, one or many: each is held against those that were here before."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from wagtail.images.views.chooser import ImageUploadView
from wagtail.images.views.multiple import AddView

from warta.newsroom.desk.photos import earlier


class AddMany(AddView):
    """Many photos, dropped or chosen; each is checked by the photos' form."""

    def get_edit_object_response_data(self) -> dict[str, Any]:
        """Return the form of a new photo, and what was here before it."""
        data: dict[str, Any] = super().get_edit_object_response_data()
        found = [] if data["duplicate"] else earlier(self.object, self.request.user)
        if found:
            data.update(duplicate=True, confirm_duplicate_upload=self.get_confirm_duplicate_upload_response([]))
        return data

    def get_confirm_duplicate_upload_response(self, duplicates: Any) -> str:
        """Return the question whether it is kept."""
        delete_url = reverse(self.delete_object_url_name, args=(self.object.id,))
        context = {"image": self.object, "delete_action": delete_url}
        return render_to_string("wagtailimages/images/confirm_duplicate_upload.html", context, request=self.request)

    def get_invalid_response_data(self, form: Any) -> dict[str, Any]:
        """Return what is wrong as HTML, for the page takes it as HTML and it may quote the name of the file."""
        told = " ".join(str(conditional_escape(error)) for error in form.errors["file"])
        return {"success": False, "error_message": told}


class UploadOne(ImageUploadView):
    """One photo, brought in where one is chosen for an article."""

    def get_chosen_response(self, item: Any) -> Any:
        """Ask first when one like it was here before."""
        found = earlier(item, self.request.user)
        if found:
            return self.render_duplicate_found_response(self.request, item, found[0].photo)
        return super().get_chosen_response(item)
