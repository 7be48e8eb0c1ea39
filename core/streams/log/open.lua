-- Takes a subject's log over under a token, and puts the saved text in place where the log holds less.
-- KEYS  1 meta (hash: token, epoch, end)   2 log (string: the bytes of the epoch)
-- ARGV  1 token   2 epoch   3 seconds to live   4 text saved so far   5 "1": forget an earlier end
-- Returns false when a newer token holds the log; else {bytes, end or "", 1 if this epoch had a log else 0}.
local held = tonumber(redis.call('HGET', KEYS[1], 'token') or '-1')
if held > tonumber(ARGV[1]) then return false end
local was = 1
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[2] then
  was = 0
  redis.call('DEL', KEYS[1], KEYS[2])
end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'epoch', ARGV[2])
if ARGV[5] == '1' then redis.call('HDEL', KEYS[1], 'end') end
redis.call('EXPIRE', KEYS[1], ARGV[3])
if redis.call('STRLEN', KEYS[2]) < #ARGV[4] then redis.call('SET', KEYS[2], ARGV[4]) end
redis.call('EXPIRE', KEYS[2], ARGV[3])
return {redis.call('GET', KEYS[2]) or '', redis.call('HGET', KEYS[1], 'end') or '', was}
