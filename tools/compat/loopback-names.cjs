// Loaded into the real client's process only: makes some host names mean this machine, as the hosts file would.
const dns = require("node:dns")

const names = new Set((process.env.LOOPBACK_NAMES ?? "").split(","))
const lookup = dns.lookup

dns.lookup = (host, options, callback) => {
  const done = typeof options === "function" ? options : callback
  if (!names.has(host)) return lookup(host, options, callback)
  const all = typeof options === "object" && options?.all
  process.nextTick(() => (all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4)))
}
