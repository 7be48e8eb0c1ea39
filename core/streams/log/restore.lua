-- Puts the whole text in place: after Redis lost it, or when the answer to an append was lost.
-- An end found there is of an earlier claim, from before a retry that could not open the log; or it is our own, and
-- this call came late: then nothing changes.
-- KEYS  1 meta   2 log
-- ARGV  1 token   2 epoch   3 seconds to live   4 text
-- Returns the length of the log; -1 when a newer token holds it.
local held = tonumber(redis.call('HGET', KEYS[1], 'token') or '-1')
if held > tonumber(ARGV[1]) then return -1 end
if redis.call('HEXISTS', KEYS[1], 'end') == 1 then
  if held == tonumber(ARGV[1]) then return redis.call('STRLEN', KEYS[2]) end
  redis.call('HDEL', KEYS[1], 'end')
end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'epoch', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], ARGV[4], 'EX', ARGV[3])
return #ARGV[4]
