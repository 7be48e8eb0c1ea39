-- Says that a worker is alive, and answers which workers are not any more. Costs the same however many there are.
-- KEYS  1 the worker's own key (its figures)   2 workers by the time their key expires (sorted set)
--       3 the workers of its master (set)
-- ARGV  1 worker   2 figures (JSON)   3 milliseconds to live
-- Returns {1 if its key was still there else 0, the workers whose key has expired (some), its master's workers}.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('EXISTS', KEYS[1])
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[1])
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('PEXPIRE', KEYS[3], 10 * ARGV[3])
local dead = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)
return {known, dead, redis.call('SMEMBERS', KEYS[3])}
