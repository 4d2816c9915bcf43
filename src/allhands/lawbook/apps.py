"""Registers the slice with Django."""

from django.apps import AppConfig


class LawbookConfig(AppConfig):
    name = "allhands.lawbook"
    label = "lawbook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the platform where the law in force lies; put the law book on the navigation line."""
        from allhands.lawbook import overlay
        from allhands.lawbook.web import frame
        from allhands.platform import packs

        packs.register_releases(overlay.current_folder, overlay.folder_of_hashes)
        frame.register()
