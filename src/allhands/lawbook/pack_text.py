"""Pack files as text: written so that the strict reader reads back the very same values. Pure."""

from __future__ import annotations

import yaml

from allhands.law.packs.strict_yaml import Yaml

_WIDTH = 110
# The strict reader takes these for yes and no where YAML's own list leaves them out.
_ALSO_BOOLEAN = frozenset({"y", "n", "Y", "N"})


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """Packs refuse aliases: the same value twice is written out twice."""
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "'" if value in _ALSO_BOOLEAN else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def write_yaml(value: Yaml) -> str:
    """The text of a pack file."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
