"""Django's entry to the episodes slice."""

from django.apps import AppConfig


class EpisodesConfig(AppConfig):
    name = "allhands.episodes"
    label = "episodes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the frame its search."""
        from allhands.ui import nav

        nav.register_place(nav.Place.SEARCH, "search")
