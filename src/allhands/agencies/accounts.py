"""Making sign-in accounts: one spelling of an e-mail address, one way to set a password."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from allhands.kernel.errors import Refused

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


def check_password(password: str, email: str) -> None:
    """Nothing, for a password that is long and not common.

    Args:
        email: of the account; a password must not repeat it.
    Raises:
        Refused: password-weak.
    """
    from allhands.agencies.models import Account  # models need this module for their manager

    try:
        validate_password(password, Account(email=email))
    except ValidationError as error:
        raise Refused("password-weak", " ".join(error.messages), field="password") from error
