-- One step of a circuit breaker: the transitions of core/llm/breaker/__init__.py, as memory.py takes them.
--
-- KEYS[1]  the circuit, a hash: failures, answers, window_until, pause (0 or missing: closed), open_until, probe_until
-- ARGV[1]  the step: acquire, fail, release or state ("close" is DEL)
-- ARGV[2]  now, or 0 for the server's clock, so that workers need not agree on theirs
-- ARGV[3]  answers to count with the step
-- ARGV[4]  fail: 1 if the call was the probe
-- ARGV[5]  fail: for how long the provider asked to be left alone, or 0
-- ARGV[6]  failures that open the circuit
-- ARGV[7]  window, ARGV[8] pause, ARGV[9] longest pause, ARGV[10] probe
--
-- All times in milliseconds. Returns for acquire -1 (refused), 0 (permitted) or 1 (permitted as the probe); for
-- state -1 (open), 0 (closed) or 1 (half-open); for fail the pause if it opens the circuit, or 0; for release 0.

local circuit = KEYS[1]
local step, now, answers = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local function field(name)
  return tonumber(redis.call('HGET', circuit, name) or '0')
end

local function set(...)
  redis.call('HSET', circuit, ...)
  -- Long after the longest pause, a circuit that nobody asks for is forgotten.
  redis.call('PEXPIRE', circuit, 3600000)
end

local function count(failures)
  if now >= field('window_until') then
    set('window_until', now + tonumber(ARGV[7]), 'failures', 0, 'answers', 0)
  end
  redis.call('HINCRBY', circuit, 'failures', failures)
  redis.call('HINCRBY', circuit, 'answers', answers)
end

if step == 'acquire' then
  if answers > 0 then count(0) end
  if field('pause') == 0 then return 0 end
  if now < field('open_until') or now < field('probe_until') then return -1 end
  set('probe_until', now + tonumber(ARGV[10]))
  return 1
end

if step == 'fail' then
  count(1)
  local failures, last = field('failures'), field('pause')
  local tripped = failures >= tonumber(ARGV[6]) and failures >= field('answers')
  local shortest, longest = tonumber(ARGV[8]), tonumber(ARGV[9])
  local pause = math.min(tonumber(ARGV[5]), longest)
  if ARGV[4] == '1' or (last == 0 and tripped) then
    last = math.min(math.max(last * 2, shortest), longest)
    set('pause', last, 'probe_until', 0)
    pause = math.max(pause, last)
  end
  if pause == 0 or now + pause <= field('open_until') then return 0 end
  if last == 0 then set('pause', pause) end
  set('open_until', now + pause)
  return pause
end

if step == 'release' then
  if field('probe_until') > 0 then set('probe_until', 0) end
  return 0
end

if field('pause') == 0 then return 0 end
return now < field('open_until') and -1 or 1
