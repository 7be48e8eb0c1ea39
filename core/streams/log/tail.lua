-- Reads what several logs hold after an offset, or from the first byte where the epoch is another one.
-- KEYS  per subject: meta, log
-- ARGV  per subject: epoch, offset
-- Returns per subject {epoch or "", end or "", bytes}.
local out = {}
for i = 1, #KEYS, 2 do
  local meta = redis.call('HMGET', KEYS[i], 'epoch', 'end')
  local from = 0
  if meta[1] == ARGV[i] then from = ARGV[i + 1] end
  out[#out + 1] = {meta[1] or '', meta[2] or '', redis.call('GETRANGE', KEYS[i + 1], from, -1)}
end
return out
