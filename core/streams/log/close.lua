-- Marks the log as ended and makes sure that it holds the whole text.
-- KEYS  1 meta   2 log
-- ARGV  1 token   2 end (JSON)   3 seconds to live   4 epoch   5 text
-- Returns 0; -1 when a newer token holds the log.
local held = tonumber(redis.call('HGET', KEYS[1], 'token') or '-1')
if held > tonumber(ARGV[1]) then return -1 end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'epoch', ARGV[4], 'end', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
if held < tonumber(ARGV[1]) or redis.call('STRLEN', KEYS[2]) ~= #ARGV[5] then
  redis.call('SET', KEYS[2], ARGV[5])
end
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 0
