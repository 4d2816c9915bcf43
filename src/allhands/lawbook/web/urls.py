"""Addresses of the law book: reading for everybody, writing for those who may."""

from __future__ import annotations

from django.urls import URLPattern, path

from allhands.lawbook.web import (
    cases_page,
    draft_page,
    packs_page,
    parts_page,
    reading,
    rule_page,
    side_by_side,
    try_page,
)

_READING: list[URLPattern] = [
    path("law", reading.show_coverage, name="law"),
    path("law/conflicts", side_by_side.list_conflicts, name="law-conflicts"),
    path("law/conflicts/<str:case_id>", side_by_side.show_conflict, name="law-conflict"),
    path("law/<str:pack_id>", reading.show_pack, name="law-pack"),
]
_WRITING: list[URLPattern] = [
    path("packs", packs_page.show_packs, name="packs"),
    path("packs/drafts/start", packs_page.start, name="law-draft-start"),
    path("packs/releases/take", packs_page.take_release, name="law-release-take"),
    path("packs/releases/<str:release_id>", packs_page.give_release, name="law-release"),
    path("packs/drafts/<str:draft_id>", draft_page.show_draft, name="law-draft"),
    path("packs/drafts/<str:draft_id>/ask", draft_page.ask, name="law-draft-ask"),
    path("packs/drafts/<str:draft_id>/take-back", draft_page.take_back, name="law-draft-take-back"),
    path("packs/drafts/<str:draft_id>/return", draft_page.send_back, name="law-draft-return"),
    path("packs/drafts/<str:draft_id>/publish", draft_page.publish, name="law-draft-publish"),
    path("packs/drafts/<str:draft_id>/discard", draft_page.discard, name="law-draft-discard"),
    path("packs/drafts/<str:draft_id>/follow", draft_page.follow_base, name="law-draft-follow"),
    path("packs/drafts/<str:draft_id>/preview", draft_page.preview, name="law-draft-preview"),
    path("packs/drafts/<str:draft_id>/drop-case", cases_page.settle_case, name="law-case-drop"),
    path("packs/drafts/<str:draft_id>/settle", rule_page.settle, name="law-settle"),
    path("packs/drafts/<str:draft_id>/sources", parts_page.edit_sources, name="law-sources"),
    path("packs/drafts/<str:draft_id>/pack", parts_page.edit_pack, name="law-pack-edit"),
    path("packs/drafts/<str:draft_id>/gaps", parts_page.edit_gaps, name="law-gaps"),
    path("packs/drafts/<str:draft_id>/rules/new", packs_page.new_rule, name="law-rule-new"),
    path("packs/drafts/<str:draft_id>/<slug:folder>/<slug:name>", rule_page.edit_rule, name="law-rule"),
    path("packs/drafts/<str:draft_id>/<slug:folder>/<slug:name>/remove", rule_page.remove_rule, name="law-rule-remove"),
    path("packs/drafts/<str:draft_id>/<slug:folder>/<slug:name>/try", try_page.try_rule, name="law-try"),
]

urlpatterns = [*_READING, *_WRITING]
