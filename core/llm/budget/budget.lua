-- One step of a day's budget (core/llm/budget/__init__.py).
--
-- KEYS[1]  the day, a hash: spent, reserved, told (the highest level that was told: 0, 80 or 100)
-- ARGV[1]  the budget
-- ARGV[2]  what was spent since the last step
-- ARGV[3]  what was reserved and is not any more
-- ARGV[4]  what to reserve, or 0
-- ARGV[5]  what was spent before, if the day is unknown here; -1 to be told that it is
--
-- All money in millionths of a dollar. Returns {reserved: 1, doesn't fit: 0, the day is unknown: -1; spent; the level
-- told before; the level to tell now}.

local day = KEYS[1]
local limit, wanted, before = tonumber(ARGV[1]), tonumber(ARGV[4]), tonumber(ARGV[5])

if redis.call('HEXISTS', day, 'spent') == 0 then
  if before < 0 then return {-1, 0, 0, 0} end
  redis.call('HSET', day, 'spent', before, 'reserved', 0, 'told', 0)
  redis.call('EXPIRE', day, 172800)
end

local spent = redis.call('HINCRBY', day, 'spent', ARGV[2])
local reserved = redis.call('HINCRBY', day, 'reserved', 0 - tonumber(ARGV[3]))
if reserved < 0 then
  reserved = 0
  redis.call('HSET', day, 'reserved', 0)
end

local fits = 1
if wanted > 0 then
  if spent + reserved + wanted > limit then
    fits = 0
  else
    redis.call('HINCRBY', day, 'reserved', wanted)
  end
end

local level = 0
-- Used up by what was spent: what others have put aside may come back.
if fits == 0 and spent + wanted > limit then level = 100 elseif spent * 100 >= limit * 80 then level = 80 end
local told = tonumber(redis.call('HGET', day, 'told'))
if level > told then redis.call('HSET', day, 'told', level) end
return {fits, spent, told, math.max(level, told)}
