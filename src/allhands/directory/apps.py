"""Registers the slice with Django, and its pages with the frame."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "allhands.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer both pages in the frame, and have the web processes read what the first answer needs."""
        from django.utils.translation import gettext_lazy as _

        from allhands.directory import api
        from allhands.platform.serving import warming
        from allhands.ui import nav

        nav.register_place(nav.Place.WHO_TO_CALL, "who-to-call")
        nav.register(nav.NavItem(key="who-can-act", label=_("Who can act"), url_name="who-can-act", order=60))
        warming.register("who-to-call", api.read_before_answers)
