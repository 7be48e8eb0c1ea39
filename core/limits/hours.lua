-- One look at a person's counters of the hour, or one reading counted in all of them (core/limits/hours.py).
--
-- KEYS[n]      the window of the n-th counter: the first hash of a tree of hashes
-- ARGV[1]      1: count one in each, unless one of them is full; 0: only look
-- ARGV[3n-1]   the counter's field
-- ARGV[3n]     its limit
-- ARGV[3n+1]   for how many seconds its window is kept
--
-- Returns {counted: 1 or 0; the count of each before}.
--
-- A hash is a list of bytes for as long as it is short. One that is full takes no new fields, and each goes to one of
-- sixteen hashes below it, which are named by the field's own bytes. No field is ever removed from a hash, so a counter
-- stays where it was first put.

local FULL = 256

local function find(root, field)
  local hash, path = root, ''
  for depth = 1, #field do
    local count = redis.call('HGET', hash, field)
    if count then return hash, tonumber(count) end
    if redis.call('HLEN', hash) < FULL then break end
    path = path .. string.format('%x', string.byte(field, depth) % 16)
    hash = root .. ':' .. path
  end
  return hash, tonumber(redis.call('HGET', hash, field) or 0)
end

local taking = ARGV[1] == '1'
local hashes, counts = {}, {}
for n, root in ipairs(KEYS) do
  hashes[n], counts[n] = find(root, ARGV[3 * n - 1])
  if counts[n] >= tonumber(ARGV[3 * n]) then taking = false end
end
if taking then
  for n, hash in ipairs(hashes) do
    local count = redis.call('HINCRBY', hash, ARGV[3 * n - 1], 1)
    if count == 1 and redis.call('HLEN', hash) == 1 then redis.call('EXPIRE', hash, ARGV[3 * n + 1]) end
  end
end
return {taking and 1 or 0, counts}
