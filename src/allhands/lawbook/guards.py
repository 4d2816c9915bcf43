"""The promises of the law book's tables that Django's models cannot say."""

from allhands.platform.database.guards import freeze, mine, protect

# Whoever works here may read drafts; what they may do with them is the door's to say. A release is public: it is law.
WORKS_HERE = "allhands_actor_agency() <> ''"

FORWARD = "".join(
    [
        *(protect(f"lawbook_{name}", WORKS_HERE) for name in ("draft", "draftfile", "draftlog", "preview")),
        protect("lawbook_release", "true", WORKS_HERE),
        protect("lawbook_effect", "true", WORKS_HERE),
        # Only the platform works out what changes; an agency reads the rows of its own episodes.
        protect("lawbook_previewrow", mine("lawbook_previewrow"), "false"),
        *(freeze(f"lawbook_{name}") for name in ("draftlog", "release")),
    ]
)
