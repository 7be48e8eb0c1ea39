"""Passwords are hashed as Django does, in the native pool and not on the event loop."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from django.contrib.auth import hashers as django_hashers

from core.security import hashers

ROOT = Path(__file__).resolve().parents[3]


def test_the_stored_form_is_djangos_own() -> None:
    ours, djangos = hashers.PBKDF2PasswordHasher(), django_hashers.PBKDF2PasswordHasher()
    encoded = ours.encode("passphrase", "salt", 1000)
    assert encoded == djangos.encode("passphrase", "salt", 1000)
    assert ours.verify("passphrase", encoded) and not ours.verify("other", encoded)


def test_every_way_to_hash_goes_through_the_pool(monkeypatch: Any) -> None:
    calls: list[str] = []

    def recorded(fn: Any, *args: Any) -> Any:
        calls.append(fn.__name__)
        return fn(*args)

    monkeypatch.setattr(hashers, "in_native_thread", recorded)
    hasher = hashers.PBKDF2PasswordHasher()
    encoded = hasher.encode("p", "salt", 10)
    hasher.verify("p", encoded)
    hasher.harden_runtime("p", encoded)
    assert calls == ["encode"] * 3


def test_the_hub_goes_on_while_a_password_is_hashed() -> None:
    script = """
        from gevent import monkey; monkey.patch_all()
        import os, gevent
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        import django; django.setup()
        from core.security.hashers import PBKDF2PasswordHasher
        turns = 0
        def tick():
            global turns
            while True:
                turns += 1
                gevent.sleep(0.001)
        ticker = gevent.spawn(tick)
        PBKDF2PasswordHasher().encode("passphrase", "salt", 400_000)
        print("turns", turns > 50)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "turns True" in done.stdout, done.stdout + done.stderr
