from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import env
from tests.unit.sources import ROOT


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch):
    return lambda value: monkeypatch.setenv("THING", value)


@pytest.mark.parametrize("word", ["1", "true", "True", "YES", "on"])
def test_words_for_true_are_true(put, word):
    put(word)
    assert env.boolean("THING", default=False) is True


@pytest.mark.parametrize("word", ["0", "false", "No", "OFF"])
def test_words_for_false_are_false(put, word):
    put(word)
    assert env.boolean("THING", default=True) is False


def test_what_is_not_set_or_empty_takes_the_default(put, monkeypatch):
    monkeypatch.delenv("THING", raising=False)
    assert env.integer("THING", default=7) == 7
    put("  ")
    assert env.integer("THING", default=7) == 7
    assert env.text("THING", default=None) is None
    assert env.listing("THING", default=["a"]) == ["a"]


@pytest.mark.parametrize("reader", [env.text, env.boolean, env.integer, env.number, env.listing, env.seconds])
def test_without_a_default_a_variable_is_required(monkeypatch, reader):
    monkeypatch.delenv("THING", raising=False)
    with pytest.raises(env.EnvError, match="THING is not set"):
        reader("THING")


def test_good_values_are_read(put):
    put(" -12 ")
    assert env.integer("THING") == -12
    put("2.5")
    assert env.number("THING") == 2.5
    assert env.seconds("THING") == 2.5
    put("a, b,,c ,")
    assert env.listing("THING") == ["a", "b", "c"]
    assert env.listing("THING", allowed=("c", "b", "a")) == ["a", "b", "c"]
    put("GThread")
    assert env.choice("THING", ("gevent", "gthread")) == "gthread"
    put("postgres://u:p@[::1]:5432/db")
    assert env.url("THING", schemes=["postgres"]) == "postgres://u:p@[::1]:5432/db"
    put("one, two:1 ,[::1]:2,")
    assert env.addresses("THING", port=7) == [("one", 7), ("two", 1), ("::1", 2)]
    put("unix:///run/valkey.sock?db=1")
    assert env.url("THING", schemes=["redis", "unix"]) == "unix:///run/valkey.sock?db=1"
    put("redis://one:1/0, redis://:p@two:2/0,")
    assert env.urls("THING", schemes=["redis"]) == ["redis://one:1/0", "redis://:p@two:2/0"]


@pytest.mark.parametrize(
    ("value", "read", "sentence"),
    [
        ("maybe", lambda: env.boolean("THING"), "THING must be true or false, but is 'maybe'"),
        ("ten", lambda: env.integer("THING"), "THING must be a whole number, but is 'ten'"),
        ("1_000", lambda: env.integer("THING"), "THING must be a whole number, but is '1_000'"),
        ("--1", lambda: env.integer("THING"), "THING must be a whole number, but is '--1'"),
        ("1.5", lambda: env.integer("THING"), "THING must be a whole number, but is '1.5'"),
        ("0", lambda: env.integer("THING", minimum=1), "a whole number of at least 1, but is '0'"),
        ("9", lambda: env.integer("THING", minimum=1, maximum=8), "from 1 to 8, but is '9'"),
        ("nan", lambda: env.number("THING"), "THING must be a number, but is 'nan'"),
        ("inf", lambda: env.seconds("THING"), "THING must be a number of seconds"),
        ("0", lambda: env.seconds("THING"), "THING must be a number of seconds from 0.001"),
        ("5s", lambda: env.seconds("THING"), "but is '5s'"),
        ("one:1,two:x", lambda: env.addresses("THING", port=7), "as in one:7,two:7, but is 'one:1,two:x'"),
        ("redis://one:1", lambda: env.addresses("THING", port=7), "hosts with their ports"),
        ("me@one", lambda: env.addresses("THING", port=7), "hosts with their ports"),
        ("a,z", lambda: env.listing("THING", allowed=("a", "b")), "a list of a, b, but is 'a,z'"),
        ("uvicorn", lambda: env.choice("THING", ("gevent", "gthread")), "one of gevent, gthread, but is"),
    ],
)
def test_nonsense_is_refused_with_the_name_and_what_was_expected(put, value, read, sentence):
    put(value)
    with pytest.raises(env.EnvError) as caught:
        read()
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("THING must be ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        *("db", "mysql://h/db", "postgres://", "postgres:h/db", "postgres://h:port/db", "postgres://[::1/d"),
        "postgres://h /db",
    ],
)
def test_a_bad_address_is_refused_without_being_repeated(put, value):
    put(value)
    with pytest.raises(env.EnvError) as caught:
        env.url("THING", schemes=["postgres", "postgresql"])
    assert str(caught.value) == (
        "THING must be an address that begins with postgres:// or postgresql://, but is something else"
    )


@pytest.mark.parametrize("value", ["redis://:p@h/0,redis://:p@h/0", "redis://:p@h/0,h/1"])
def test_a_list_with_a_bad_or_a_repeated_address_is_refused_without_being_repeated(put, value):
    put(value)
    with pytest.raises(env.EnvError) as caught:
        env.urls("THING", schemes=["redis"])
    assert ":p@" not in str(caught.value)


@pytest.mark.parametrize(
    "value", ["api.example", "https:api.example", "https://", "https:///v1", "https://a b"]
)
def test_an_address_on_the_web_needs_its_host(put, value):
    put(value)
    with pytest.raises(env.EnvError) as caught:
        env.url("THING", schemes=["https"])
    assert str(caught.value) == (
        "THING must be an address that begins with https:// and names a host, but is something else"
    )


def test_an_env_file_fills_in_but_never_overrides(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("# comment\n\nA=file\nexport B = 'quoted # kept'\nC=\n사주=값\n", encoding="utf-8")
    environ = {"ENV_FILE": str(file), "A": "already"}
    env.load(environ)
    del environ["ENV_FILE"]
    assert environ == {"A": "already", "B": "quoted # kept", "C": "", "사주": "값"}


def test_the_env_file_is_the_one_beside_manage_py():
    assert env.ENV_FILE == ROOT / ".env"


def test_no_env_file_is_fine(tmp_path: Path):
    environ = {"ENV_FILE": str(tmp_path / ".env")}
    env.load(environ)
    assert list(environ) == ["ENV_FILE"]


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("A=1\nnonsense\n", encoding="utf-8")
    with pytest.raises(env.EnvError, match=r"^\.env, line 2: NAME=value is expected$"):
        env.load({"ENV_FILE": str(file)})


def test_reading_settings_takes_the_standard_library_alone():
    """gunicorn.conf.py reads `.env` and WORKER_CLASS before the patch."""
    script = (
        "import sys, config.boot, config.env; "
        "early = {name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names; "
        "print({'django', 'gevent', 'core', 'fortune'} & early)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_a_management_command_refuses_nonsense_in_one_line():
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "MAX_STREAMS": "many"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "fortune: MAX_STREAMS must be a whole number of at least 1, but is 'many'\n"


def test_keys_are_fernet_keys_and_never_repeated(put):
    key = "A" * 43 + "="
    put(f" {key}, {key} ,")
    assert env.keys("THING") == [key, key]
    for nonsense in ("secret-but-short", key[:-1], f"{key} {key}", "열쇠"):
        put(f"{key},{nonsense}")
        with pytest.raises(env.EnvError, match="THING must be Fernet keys") as refused:
            env.keys("THING")
        assert nonsense not in str(refused.value)
