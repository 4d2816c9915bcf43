"""The law commands as a person or a program runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allhands.cli import make_app

PACKS = Path(__file__).parents[2] / "law/tests/packs"
FACTS = {"as_of": "2026-11-24T12:00:00+00:00", "facts": {"child.in_foster_care": True, "child.age_years": 15}}
runner = CliRunner()


def test_report_is_readable() -> None:
    result = runner.invoke(make_app(), ["assess", "-", "--packs", str(PACKS)], input=json.dumps(FACTS))
    assert result.exit_code == 0
    for words in ("Urgency", "Duties", "tell police", "Ask next", "us.floor"):
        assert words in result.stdout


def test_report_speaks_spanish() -> None:
    result = runner.invoke(make_app(), ["assess", "-", "--packs", str(PACKS), "--lang", "es"], input=json.dumps(FACTS))
    assert "Obligaciones" in result.stdout


def test_data_comes_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(FACTS), encoding="utf-8")
    result = runner.invoke(make_app(), ["assess", str(file), "--packs", str(PACKS), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["tier"]["level"] == "T3"


def _at(place: dict[str, str]) -> str:
    return json.dumps({"as_of": "2026-11-24T12:00:00+00:00", "facts": {"place.last_seen": place}})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "input: this is not JSON"),
        ('{"as_of": "2026-11-24T12:00:00+00:00", "facts": {"child.age_yeers": 3}}', "did you mean child.age_years"),
        ('{"as_of": "2026-11-24T12:00:00+00:00", "facts": {"child.age_years": 140}}', "facts.child.age_years: 140"),
        ("[" * 9999, "nests deeper"),
        (_at({"nation": "atlantis"}), '"atlantis" is on no list of nations here'),
        (_at({"nation": "navaho-nation"}), 'did you mean "navajo" (Navajo Nation)?'),
    ],
)
def test_bad_input_ends_with_two_and_words(text: str, words: str) -> None:
    result = runner.invoke(make_app(), ["assess", "-", "--packs", str(PACKS)], input=text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_absent_file_is_said(tmp_path: Path) -> None:
    result = runner.invoke(make_app(), ["assess", str(tmp_path / "none.json"), "--packs", str(PACKS)])
    assert result.exit_code == 2
    assert "No such file" in result.stderr


@pytest.mark.parametrize(("option", "value"), [("--world", "mars"), ("--lang", "fr"), ("--packs", "/nowhere")])
def test_bad_option_ends_with_two(option: str, value: str) -> None:
    result = runner.invoke(make_app(), ["assess", "-", "--packs", str(PACKS), option, value], input="{}")
    assert result.exit_code == 2
    assert value in result.stderr


def test_lint_passes_good_packs_and_fails_bad_ones(tmp_path: Path) -> None:
    assert runner.invoke(make_app(), ["packs", "lint", str(PACKS)]).exit_code == 0
    result = runner.invoke(make_app(), ["packs", "lint", str(tmp_path)])
    assert result.exit_code == 1
    assert "pack.no-pack-file" in result.stdout


def test_coverage_lists_the_index() -> None:
    assert "us.states.nd" in runner.invoke(make_app(), ["packs", "coverage", str(PACKS)]).stdout


def test_coverage_tells_each_topic_as_data() -> None:
    result = runner.invoke(make_app(), ["packs", "coverage", str(PACKS), "--json"])
    assert result.exit_code == 0
    by_pack = {pack["pack"]: pack for pack in json.loads(result.stdout)}
    assert by_pack["us.floor"]["topics"]["definition"]["state"] == "read"
    assert by_pack["us.floor"]["topics"]["school"]["state"] == "gap"
    assert set(by_pack["us.states.nd"]) >= {"jurisdiction", "stale", "subjects", "confidence"}


@pytest.mark.parametrize(
    ("words", "lang", "said"),
    [
        (["shelter", "shelter_record", "law_enforcement", "locate_child"], "en", "Only if all of this holds"),
        (["victim_service", "P1", "ncmec", "matching"], "es", "un muro que nadie quita"),
        (["caregiver", "P1", "school", "case_plan"], "en", "Silence is not a yes"),
        (["child_welfare_agency", "missing_report", "ncmec", "report_missing"], "en", "At most: photo"),
    ],
)
def test_may_share_answers_in_words(words: list[str], lang: str, said: str) -> None:
    result = runner.invoke(make_app(), ["may-share", *words, "--lang", lang], env={"COLUMNS": "300"})
    assert result.exit_code == 0
    assert said in result.stdout


def test_may_share_reads_facts_and_prints_data() -> None:
    facts = {"as_of": FACTS["as_of"], "facts": {"consent.youth": True, "consent.guardian": True}}
    words = ["may-share", "shelter", "shelter_record", "ncmec", "locate_child"]
    result = runner.invoke(make_app(), [*words, "--json", "--facts", "-"], input=json.dumps(facts))
    assert json.loads(result.stdout)["verdict"] == "permit"


def test_may_share_says_which_word_is_wrong() -> None:
    result = runner.invoke(make_app(), ["may-share", "shelter", "shelter_recrod", "ncmec", "locate_child"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'did you mean "shelter_record"' in result.stderr


@pytest.mark.parametrize("name", ["us.floor", "us.floor.tell-police"])
def test_show_prints_rule_in_words(name: str) -> None:
    assert "### tell police" in runner.invoke(make_app(), ["packs", "show", name, "--packs", str(PACKS)]).stdout


def test_show_names_what_there_is() -> None:
    result = runner.invoke(make_app(), ["packs", "show", "us.flour", "--packs", str(PACKS)])
    assert result.exit_code == 2
    assert "packs here: core, us.floor" in result.stderr


def test_docs_are_written_once_and_checked(tmp_path: Path) -> None:
    write = ["packs", "docs", "--packs", str(PACKS), "--to", str(tmp_path)]
    assert runner.invoke(make_app(), [*write, "--check"]).exit_code == 1
    assert runner.invoke(make_app(), write).exit_code == 0
    (tmp_path / "gone.md").write_text("an old page", encoding="utf-8")
    assert "gone.md" in runner.invoke(make_app(), [*write, "--check"]).stdout
    assert runner.invoke(make_app(), write).exit_code == 0
    assert runner.invoke(make_app(), [*write, "--check"]).exit_code == 0


def test_law_commands_never_import_django() -> None:
    code = (
        "import sys; from allhands.cli import make_app; app = make_app()\n"
        "try: app(['packs', 'lint', sys.argv[1]])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'procrastinate', 'psycopg')])"
    )
    run = subprocess.run([sys.executable, "-c", code, str(PACKS)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
