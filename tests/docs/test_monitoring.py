"""The dashboard, the alerts and the pages about them name what the code measures, and nothing else."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from core.db import base as of_the_pool
from core.db import replica as of_the_replica
from core.limits import quota as of_limits
from core.llm import metrics as of_providers
from core.ops import metrics as of_requests
from core.runtime.workers import client_waits as of_waits
from core.streams import metrics as of_streams
from tests.unit.sources import ROOT, calls, files, tree

MONITORING = ROOT / "docs/monitoring"
OPERATIONS = (ROOT / "docs/operations.md").read_text()
RULES: list[dict[str, Any]] = yaml.safe_load((MONITORING / "alerts.yml").read_text())["groups"][0]["rules"]
PANELS: list[dict[str, Any]] = json.loads((MONITORING / "dashboard.json").read_text())["panels"]
TARGETS = [(panel["title"], target) for panel in PANELS for target in panel.get("targets", [])]
# Added by Prometheus itself.
SCRAPED = {"up": {"job", "instance"}}
ADDED = {"instance", "job", "le"}
NAME = re.compile(r"\b(fortune_\w+|up\b)(?:\{([^}]*)\})?")
MATCHER = re.compile(r"(\w+)\s*(?:=~|!~|!=|=)")


def test_every_figure_is_set_somewhere():
    """One that is only declared would draw an empty panel for ever."""
    declared, used = {}, set()
    for file in files("core", "fortune"):
        names = {
            id(call): f"{file.relative_to(ROOT)}: {call.args[0].value}"
            for name, call in calls(file)
            if name in {"Counter", "Gauge", "Histogram"}
            and call.args
            and isinstance(call.args[0], ast.Constant)
        }
        for node in ast.walk(tree(file)):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if id(value) in names:
                    declared[name] = names[id(value)]
                case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                    used.add(name)
    assert len(declared) > 20
    assert [told for name, told in declared.items() if name not in used] == []


def measured() -> dict[str, set[str]]:
    """Every series that the code gives, with its labels."""
    modules = (of_requests, of_limits, of_providers, of_streams, of_the_pool, of_the_replica, of_waits)
    known = {id(value) for module in modules for value in vars(module).values()}
    return {
        name: set(collector._labelnames)  # type: ignore[attr-defined]
        for name, collector in REGISTRY._names_to_collectors.items()
        if id(collector) in known and name.startswith("fortune_") and not name.endswith("_created")
    }


def families() -> set[str]:
    """The names under which the code declares them, without the suffixes of their series."""
    names = {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in measured()}
    return {name for name in names if name in REGISTRY._names_to_collectors}


def assert_measured(expression: str, also: str = "") -> None:
    """Its series exist with the labels that it, or the legend ``also``, names."""
    known = measured() | SCRAPED
    used = NAME.findall(expression)
    assert used, expression
    labels = set(ADDED)
    for name, matchers in used:
        assert name in known, f"{name} is measured nowhere: {expression}"
        wrong = set(MATCHER.findall(matchers)) - known[name] - ADDED
        assert not wrong, f"{name} has no label {wrong}: {expression}"
        labels |= known[name]
    grouped = {word for group in re.findall(r"\bby \(([^)]*)\)", expression) for word in group.split(", ")}
    named = grouped | set(re.findall(r"\$labels\.(\w+)", also)) | set(re.findall(r"\{\{(\w+)\}\}", also))
    assert named <= labels, f"{named - labels} is no label of it: {expression} {also}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_asks_for_what_is_measured_and_stands_in_the_runbook(rule: dict[str, Any]) -> None:
    assert_measured(rule["expr"], rule["annotations"]["summary"])
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert re.fullmatch(r"\d+[sm]", rule["for"])
    assert len(re.findall(rf"^\| `{rule['alert']}` \| \S.+\|$", runbook(), re.MULTILINE)) == 1


def runbook() -> str:
    return OPERATIONS.partition("\n## Runbook\n")[2].partition("\n## ")[0]


def test_the_runbook_knows_no_other_alerts() -> None:
    listed = re.findall(r"^\| `([A-Z]\w+)` \|", runbook(), re.MULTILINE)
    assert sorted(listed) == sorted(rule["alert"] for rule in RULES)


@pytest.mark.parametrize(("title", "target"), TARGETS, ids=[title for title, _ in TARGETS])
def test_a_panel_shows_what_is_measured(title: str, target: dict[str, Any]) -> None:
    assert_measured(target["expr"], target["legendFormat"])


def test_whatever_is_measured_is_shown() -> None:
    shown = " ".join(target["expr"] for _, target in TARGETS)
    assert [
        name for name in sorted(families()) if not re.search(rf"\b{name}(_total|_bucket)?\b", shown)
    ] == []


def test_the_page_about_watching_names_metrics_that_exist() -> None:
    table = OPERATIONS.partition("\n## Watching\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert len(rows) > 10
    known = measured()
    for name in re.findall(r"`(fortune_\w+)`", OPERATIONS):
        assert name in known or name in families(), name
    assert [row for row in rows if not re.search(r"`(fortune_|/healthz|/readyz)", row)] == []


# The series that make each alert fire, as promtool writes them: first value, step, times.
FIRES: dict[str, dict[str, str]] = {
    "InstanceDown": {'up{job="fortune"}': "0x60"},
    "ReadingsFail": {
        'fortune_runs_ended_total{provider="none",status="failed"}': "0+1x60",
        'fortune_runs_ended_total{provider="deepseek",status="done"}': "0+9x60",
    },
    "ReadingsStuck": {"fortune_runs_silent": "1x60"},
    "FirstTextLate": {
        'fortune_run_first_text_seconds_bucket{provider="gemini",le="13"}': "0+5x60",
        'fortune_run_first_text_seconds_bucket{provider="gemini",le="20"}': "0+10x60",
        'fortune_run_first_text_seconds_bucket{provider="gemini",le="+Inf"}': "0+10x60",
    },
    "VisitorsTurnedAway": {'fortune_streams_rejected_total{lane="write"}': "0+1x60"},
    "TextsUnsaved": {"fortune_texts_unsaved": "2x60"},
    "ProviderRefusesUs": {'fortune_llm_failures_total{provider="deepseek",kind="auth"}': "0+1x60"},
    "ProviderDown": {'fortune_llm_breaker_open{provider="deepseek"}': "1x60"},
    "RuleBasedText": {
        'fortune_llm_failovers_total{provider="classic"}': "0+1x60",
        'fortune_runs_ended_total{provider="classic",status="done"}': "0+1x60",
    },
    "LoopLate": {"fortune_loop_lag_seconds": "0.2x60"},
    "ServerErrors": {'fortune_requests_total{route="form",method="GET",status="500"}': "0+1x60"},
    "PoolWaits": {
        'fortune_database_pool_wait_seconds_bucket{le="0.5"}': "0+1x60",
        'fortune_database_pool_wait_seconds_bucket{le="1"}': "0+9x60",
        'fortune_database_pool_wait_seconds_bucket{le="+Inf"}': "0+9x60",
    },
    "RedisAway": {"fortune_redis_away": "1x60"},
    "RedisSlow": {
        'fortune_redis_seconds_bucket{step="append",le="0.1"}': "0+1x60",
        'fortune_redis_seconds_bucket{step="append",le="0.25"}': "0+9x60",
        'fortune_redis_seconds_bucket{step="append",le="+Inf"}': "0+9x60",
    },
}  # fmt: skip
GOOD = {
    'up{job="fortune"}': "1x60",
    'fortune_runs_ended_total{provider="deepseek",status="done"}': "0+100x60",
    'fortune_runs_ended_total{provider="deepseek",status="failed"}': "0+1x60",
    "fortune_runs_silent": "0x60",
    'fortune_run_first_text_seconds_bucket{provider="gemini",le="2"}': "0+10x60",
    'fortune_run_first_text_seconds_bucket{provider="gemini",le="+Inf"}': "0+10x60",
    'fortune_streams_rejected_total{lane="write"}': "3x60",
    "fortune_texts_unsaved": "0x60",
    'fortune_llm_failures_total{provider="deepseek",kind="auth"}': "7x60",
    'fortune_llm_failures_total{provider="deepseek",kind="server"}': "0+1x60",
    'fortune_llm_breaker_open{provider="deepseek"}': "0 1 0x60",
    'fortune_llm_failovers_total{provider="classic"}': "0+1x60",
    "fortune_loop_lag_seconds": "0.01x60",
    'fortune_requests_total{route="form",method="GET",status="503"}': "0+1x60",
    'fortune_database_pool_wait_seconds_bucket{le="0.001"}': "0+10x60",
    'fortune_database_pool_wait_seconds_bucket{le="+Inf"}': "0+10x60",
    "fortune_redis_away": "0x60",
    'fortune_redis_seconds_bucket{step="append",le="0.01"}': "0+10x60",
    'fortune_redis_seconds_bucket{step="append",le="+Inf"}': "0+10x60",
}


def test_every_alert_has_a_scene_in_which_it_fires() -> None:
    assert list(FIRES) == [rule["alert"] for rule in RULES]
    for series in [*GOOD, *(name for scene in FIRES.values() for name in scene)]:
        assert_measured(series)


@pytest.mark.skipif(shutil.which("promtool") is None, reason="no promtool on this machine")
def test_prometheus_itself_reads_the_rules_and_fires_what_should_fire(tmp_path: Path) -> None:
    scenes = [scene(name, series, fires=True) for name, series in FIRES.items()]
    scenes += [scene(name, GOOD, fires=False) for name in FIRES]
    tests = {"rule_files": [str(MONITORING / "alerts.yml")], "evaluation_interval": "1m", "tests": scenes}
    written = tmp_path / "tests.yml"
    written.write_text(json.dumps(tests))
    promtool("check", "rules", str(MONITORING / "alerts.yml"))
    promtool("test", "rules", str(written))


def scene(alert: str, series: dict[str, str], *, fires: bool) -> dict[str, Any]:
    """After twenty minutes of these series the alert fires, or does not."""
    return {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [
            {
                "expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}}) or vector(0)',
                "eval_time": "20m",
                "exp_samples": [{"labels": "{}", "value": int(fires)}],
            }
        ],
    }


@pytest.mark.skipif(shutil.which("promtool") is None, reason="no promtool on this machine")
def test_prometheus_itself_reads_what_the_dashboard_asks(tmp_path: Path) -> None:
    rules = [
        {"record": f"panel:{number}", "expr": target["expr"].replace("$__rate_interval", "1m")}
        for number, (_, target) in enumerate(TARGETS)
    ]
    written = tmp_path / "rules.yml"
    written.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
    promtool("check", "rules", str(written))


def promtool(*arguments: str) -> None:
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
