// The one write of a session, as Redis runs it: nothing else happens between the comparison and the last line.

/**
 * KEYS: the chat's hash. ARGV: the version that the caller read, the new data, the update's id, how many ids to keep, the time
 * to live in milliseconds. Returns 1, or 0 when the version is another one and nothing was written.
 */
export const SAVE_SCRIPT = `
local stored = redis.call('HMGET', KEYS[1], 'version', 'updates')
if (stored[1] or '0') ~= ARGV[1] then return 0 end
local updates = {}
for id in string.gmatch(stored[2] or '', '%S+') do table.insert(updates, id) end
table.insert(updates, ARGV[3])
while #updates > tonumber(ARGV[4]) do table.remove(updates, 1) end
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSET', KEYS[1], 'data', ARGV[2], 'updates', table.concat(updates, ' '))
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
`;
