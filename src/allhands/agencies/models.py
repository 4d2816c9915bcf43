"""Tables of agencies, their people, and the ways to reach them. Fields, constraints and indexes only."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower

from allhands.agencies.accounts import AccountManager
from allhands.agencies.contracts import AgreementKind, Cover, Regime, RouteKind, RoutePurpose, Scope
from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.ids import ID_LENGTH
from allhands.platform.database.columns import id_field, one_of

CODE_LENGTH = 32
NAME_LENGTH = 200
EMAIL_LENGTH = 254  # RFC 5321 section 4.5.3.1.3 leaves 254 for the address itself


class Account(AbstractBaseUser):
    """A person who can sign in. What the person may do comes from memberships, never from here."""

    id = id_field()
    email = models.EmailField(max_length=EMAIL_LENGTH, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="account_email_lower_case"),
        ]


class Agency(models.Model):
    """An agency that takes part in a response."""

    id = id_field()
    name = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=CODE_LENGTH)
    regime = models.CharField(max_length=CODE_LENGTH)
    time_zone = models.CharField(max_length=64)
    is_fictional = models.BooleanField(default=False)
    is_nationwide = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="agency_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="agency_named"),
            models.CheckConstraint(condition=~Q(time_zone=""), name="agency_zoned"),
            one_of("kind", AgencyKind, "agency_kind_known"),
            one_of("regime", Regime, "agency_regime_known"),
        ]


class AgencyArea(models.Model):
    """A place an agency serves: a state, a county of a state or a named part of one, or a nation."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="areas")
    state = models.CharField(max_length=2, blank=True, default="")
    county_fips = models.CharField(max_length=5, blank=True, default="")
    part = models.CharField(max_length=NAME_LENGTH, blank=True, default="")
    nation = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "state", "county_fips", "part", "nation"], name="area_once"),
            models.CheckConstraint(condition=Q(part="") | ~Q(county_fips=""), name="area_part_of_a_county"),
            models.CheckConstraint(
                condition=Q(nation="", state__regex=r"^[A-Z]{2}$") | (~Q(nation="") & Q(state="", county_fips="")),
                name="area_is_state_or_nation",
            ),
            models.CheckConstraint(
                condition=Q(county_fips="") | Q(county_fips__regex=r"^[0-9]{5}$"), name="area_county_five_digits"
            ),
            models.CheckConstraint(
                condition=Q(nation="") | Q(nation__regex=r"^[a-z][a-z0-9-]*$"), name="area_nation_slug"
            ),
        ]
        indexes = [models.Index(fields=["state", "county_fips"]), models.Index(fields=["nation"])]


class ContactRoute(models.Model):
    """A way to reach an agency. The inbox is inside Allhands and needs no address."""

    id = id_field()
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="routes")
    kind = models.CharField(max_length=CODE_LENGTH)
    address = models.CharField(max_length=EMAIL_LENGTH, blank=True, default="")
    purpose = models.CharField(max_length=CODE_LENGTH, default=RoutePurpose.ANY.value)
    is_always_open = models.BooleanField(default=False)
    verified_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "address", "purpose"], name="route_once"),
            models.CheckConstraint(
                condition=(Q(kind=RouteKind.INBOX.value) & Q(address=""))
                | (~Q(kind=RouteKind.INBOX.value) & ~Q(address="")),
                name="route_addressed",
            ),
            one_of("kind", RouteKind, "route_kind_known"),
            one_of("purpose", RoutePurpose, "route_purpose_known"),
        ]


class RouteHours(models.Model):
    """One opening of a route on one weekday, local time of the agency."""

    route = models.ForeignKey(ContactRoute, on_delete=models.CASCADE, related_name="hours")
    weekday = models.SmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__gte=0, weekday__lte=6), name="hours_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_in_order"),
            models.UniqueConstraint(fields=["route", "weekday", "opens"], name="hours_once"),
        ]


class Member(models.Model):
    """One hat: a person in one role of one agency, for a period. A person may have several hats."""

    id = id_field()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="members")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=CODE_LENGTH)
    display_name = models.CharField(max_length=NAME_LENGTH)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    unlisted = models.BooleanField(default=False)  # deleted at the identity provider, which is shown it no more

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(display_name=""), name="member_named"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="member_period_in_order"
            ),
            one_of("role", Role, "member_role_known"),
            ExclusionConstraint(
                name="member_hat_once_at_a_time",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), function="DATERANGE", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


class Invitation(models.Model):
    """A one-time link that makes a member. Only the hash of its secret is kept."""

    id = id_field()
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    email = models.EmailField(max_length=EMAIL_LENGTH)
    display_name = models.CharField(max_length=NAME_LENGTH)
    role = models.CharField(max_length=CODE_LENGTH)
    ends_on = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_period_in_order"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_one_end"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_lower_case"),
            one_of("role", Role, "invitation_role_known"),
        ]


class SignInHelp(models.Model):
    """A one-time link by which a second person lets somebody in who lost password or device."""

    id = id_field()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    helped_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="help_period_in_order"),
        ]


class ApiToken(models.Model):
    """A key of an agency's own software. The secret is shown once; only its SHA-256 is kept."""

    id = id_field()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="tokens")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    prefix = models.CharField(max_length=ID_LENGTH, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=CODE_LENGTH))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_period_in_order"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="token_hash_is_sha256"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=[scope.value for scope in Scope]) & ~Q(scopes=[]),
                name="token_scopes_known",
            ),
        ]


class Agreement(models.Model):
    """A written agreement between agencies. What it says never changes; its end may come sooner."""

    CLASSES = dict.fromkeys(
        ("id", "kind", "title", "document", "covers", "starts_on", "ends_on", "recorded_at", "recorded_by"), "P0"
    )

    id = id_field()
    kind = models.CharField(max_length=CODE_LENGTH)
    title = models.CharField(max_length=NAME_LENGTH)
    document = models.CharField(max_length=NAME_LENGTH)
    covers = ArrayField(models.CharField(max_length=CODE_LENGTH))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(document=""), name="agreement_named"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="agreement_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(covers__contained_by=[cover.value for cover in Cover]) & ~Q(covers=[]),
                name="agreement_covers_known",
            ),
            one_of("kind", AgreementKind, "agreement_kind_known"),
        ]


class AgreementParty(models.Model):
    """An agency that an agreement names, and who confirmed it there."""

    CLASSES = dict.fromkeys(("id", "agreement", "agency", "confirmed_at", "confirmed_by"), "P0")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "agency"], name="agreement_party_once")]
