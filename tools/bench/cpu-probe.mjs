// Loaded into every measured server: answers how much CPU the process has used, in microseconds, and its memory.
process.on("message", (question) => {
  if (question !== "usage") return
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuUs: user + system, residentBytes: process.memoryUsage.rss() })
})
process.channel?.unref()
