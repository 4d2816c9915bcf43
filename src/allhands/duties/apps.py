"""Django's entry to the duties slice."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "allhands.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of every change of facts, and of what became of what we sent; tell the demo county its story."""
        from allhands.agencies import api as agencies
        from allhands.channels import api as channels
        from allhands.duties import api as duties
        from allhands.duties.demo.tell import tell
        from allhands.duties.web import frame
        from allhands.episodes import api as episodes

        episodes.register_listener(duties.on_facts_changed)
        episodes.register_answer_listener(duties.on_offer_answered)
        channels.register_status_listener(duties.on_delivery_status)
        agencies.register_demo_story(tell)
        frame.register()
