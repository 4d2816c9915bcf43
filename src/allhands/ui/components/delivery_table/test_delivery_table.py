"""Those who have not confirmed stand first."""

from __future__ import annotations

from allhands.ui.components.delivery_table.presenter import Delivery, DeliveryTable, DeliveryWord


def test_what_needs_a_person_stands_first() -> None:
    words = [DeliveryWord.CONFIRMED, DeliveryWord.NOT_CONFIGURED, DeliveryWord.SENT, DeliveryWord.FAILED]
    deliveries = tuple(Delivery(channel="e-mail", recipient="police", word=word) for word in words)
    ordered = DeliveryTable(caption="Notices", deliveries=deliveries).ordered
    assert [delivery.word for delivery in ordered] == [
        DeliveryWord.FAILED,
        DeliveryWord.SENT,
        DeliveryWord.CONFIRMED,
        DeliveryWord.NOT_CONFIGURED,
    ]
