"""Registers the slice with Django."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "allhands.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put alerts on the navigation line, and answer what the ways out ask before and after they send."""
        from allhands.agencies import api as agencies
        from allhands.alerts import listening
        from allhands.alerts.actions.sending import preflight
        from allhands.alerts.demo.tell import tell
        from allhands.alerts.web import frame
        from allhands.channels import api as channels

        frame.register()
        agencies.register_demo_story(tell)
        channels.register_preflight(preflight)
        channels.register_broadcast_listener(listening.on_broadcast)
        channels.register_gone_listener(listening.on_gone)
        channels.register_keyword_listener(listening.on_keyword)
