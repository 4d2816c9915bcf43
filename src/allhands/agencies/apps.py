"""Registers the slice with Django, and its places with the frame."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "allhands.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allhands.agencies import queries
        from allhands.agencies.sign_in import journal
        from allhands.ui import nav

        journal.connect()
        nav.register_place(nav.Place.ACCOUNT, "account")
        nav.register_place(nav.Place.SIGN_IN, "account_login")
        nav.register_place(nav.Place.SIGN_OUT, "account_logout")
        nav.register_place(nav.Place.LOCK, "locked")
        nav.register_place(nav.Place.LOCK_HAND, "locked-hand")
        nav.register_agency_name(lambda actor: queries.word_of(actor.agency_id, "name") if actor.agency_id else "")
