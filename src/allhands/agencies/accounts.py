"""Making sign-in accounts: one spelling of an e-mail address, one way to set a password."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from allhands.agencies.models import Account


class AccountManager(BaseUserManager["Account"]):
    """Accounts by e-mail address, upper and lower case alike."""

    def create_account(self, email: str, *, password: str | None, now: datetime) -> Account:
        """A saved account; without a password nobody can sign in by password."""
        account = self.model(email=email.strip().lower(), created_at=now)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account whose e-mail address this is."""
        return self.get(email=(username or "").strip().lower())
