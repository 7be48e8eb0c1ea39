-- Appends the text of several runs, one pair of keys each.
-- KEYS  per run: meta, log
-- ARGV  1 seconds to live of a log that begins here; then per run: token, offset, bytes
-- Returns per run the new length; -1 when a newer token holds the log; -2 when its token or length is not ours.
local out = {}
for i = 1, #KEYS, 2 do
  local a = 2 + (i - 1) / 2 * 3
  local held = tonumber(redis.call('HGET', KEYS[i], 'token') or '-2')
  if held > tonumber(ARGV[a]) then out[#out + 1] = -1
  elseif held < tonumber(ARGV[a]) or redis.call('STRLEN', KEYS[i + 1]) ~= tonumber(ARGV[a + 1]) then
    out[#out + 1] = -2
  else
    out[#out + 1] = redis.call('APPEND', KEYS[i + 1], ARGV[a + 2])
    if ARGV[a + 1] == '0' then redis.call('EXPIRE', KEYS[i + 1], ARGV[1]) end
  end
end
return out
