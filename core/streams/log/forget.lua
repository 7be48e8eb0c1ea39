-- Removes a subject's text for good, because the subject was deleted: what a producer still sends is refused.
-- KEYS  1 meta   2 log
-- ARGV  1 a token that is above all others   2 seconds for which it stays
-- Returns 0.
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[1], 'token', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 0
