-- For wrk: asks for the paths in the file named by REQUESTS, each thread from a place of its own; with PAUSE_MS,
-- every connection rests that long, more or less, before each request.
local requests = {}
local pause = tonumber(os.getenv("PAUSE_MS") or "0")
local number = 0

function setup(thread)
   number = number + 1
   thread:set("at", number * 20011)
end

function init(args)
   for line in io.lines(os.getenv("REQUESTS")) do
      requests[#requests + 1] = wrk.format("GET", line)
   end
end

function request()
   at = at + 1
   return requests[at % #requests + 1]
end

if pause > 0 then
   function delay()
      return math.random(0, 2 * pause)
   end
end

function done(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format("FIGURES %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
      latency:percentile(99), errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
