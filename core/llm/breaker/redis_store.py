"""The breaker's counts in Redis: one hash and one window per provider, stepped by scripts.

Redis keeps the time, so workers need not agree on theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.llm.breaker.circuit import FAILURES, LONGEST_PAUSE, PAUSE, PROBE, WINDOW, State

# KEYS: 1 the circuit {pause, open_until, probe_until} in ms, 2 the window {failures, answers}.
_NOW = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local function held(field) return tonumber(redis.call('HGET', KEYS[1], field) or '0') end
"""
# What is added to the window starts its clock, if nothing has.
_ADD = """
local function add(field, count)
  redis.call('HINCRBY', KEYS[2], field, count)
  if redis.call('PTTL', KEYS[2]) < 0 then redis.call('PEXPIRE', KEYS[2], ARGV[2]) end
end
"""
_ENTER = (
    _NOW
    + _ADD
    + """
if ARGV[3] ~= '0' then add('answers', ARGV[3]) end
if held('pause') == 0 then return 0 end
if now < held('open_until') or now < held('probe_until') then return -1 end
redis.call('HSET', KEYS[1], 'probe_until', now + tonumber(ARGV[1]))
return 1
"""
)
_FAIL = (
    _NOW
    + _ADD
    + """
add('failures', 1)
add('answers', ARGV[6])
local failures = tonumber(redis.call('HGET', KEYS[2], 'failures'))
local answers = tonumber(redis.call('HGET', KEYS[2], 'answers'))
local pause = held('pause')
local tripped = failures >= tonumber(ARGV[3]) and failures >= answers
if ARGV[1] == '1' or (pause == 0 and tripped) then
  pause = math.min(pause * 2, tonumber(ARGV[5]))
  if pause == 0 then pause = tonumber(ARGV[4]) end
  redis.call('HSET', KEYS[1], 'pause', pause, 'open_until', now + pause, 'probe_until', 0)
  redis.call('PEXPIRE', KEYS[1], 3600000)
end
return 0
"""
)
_STATE = (
    _NOW
    + """
if held('pause') == 0 then return 'closed' end
if now < held('open_until') then return 'open' end
return 'half-open'
"""
)


def _ms(seconds: float) -> int:
    return int(seconds * 1000)


class Shared:
    """The counts all workers share. Every method raises RedisError when Redis is away."""

    def __init__(self, client: Callable[[], Any]) -> None:
        self._client = client

    def enter(self, name: str, answers: int) -> int:
        return int(self._run(_ENTER, name, _ms(PROBE), _ms(WINDOW), answers))

    def close(self, name: str) -> None:
        self._client().delete(*_keys(name))

    def fail(self, name: str, probe: bool, answers: int) -> None:
        self._run(_FAIL, name, int(probe), _ms(WINDOW), FAILURES, _ms(PAUSE), _ms(LONGEST_PAUSE), answers)

    def leave(self, name: str) -> None:
        self._client().hset(_keys(name)[0], "probe_until", 0)

    def state(self, name: str) -> State:
        found = bytes(self._run(_STATE, name)).decode()
        return "open" if found == "open" else "half-open" if found == "half-open" else "closed"

    def _run(self, script: str, name: str, *args: int) -> Any:
        return self._client().eval(script, 2, *_keys(name), *args)


def _keys(name: str) -> tuple[str, str]:
    return f"llm:{{{name}}}:circuit", f"llm:{{{name}}}:window"
