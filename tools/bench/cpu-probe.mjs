import { writeFileSync } from "node:fs"
import { Session } from "node:inspector"
import { monitorEventLoopDelay } from "node:perf_hooks"

// Loaded into every measured server: says what the process has used, how late its event loop was since it was last
// asked, and where its time went.
const resolutionMs = 2
const delay = monitorEventLoopDelay({ resolution: resolutionMs })
delay.enable()

// The histogram holds the time between two looks, which is what was waited for and the lateness.
const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolutionMs)

function usage() {
  const { user, system } = process.cpuUsage()
  const answer = {
    cpuUs: user + system,
    residentBytes: process.memoryUsage.rss(),
    loopP99Ms: late(delay.percentile(99)),
    loopMaxMs: late(delay.max),
  }
  delay.reset()
  return answer
}

const profiler = new Session()

function startProfile() {
  profiler.connect()
  profiler.post("Profiler.enable")
  profiler.post("Profiler.setSamplingInterval", { interval: 200 })
  profiler.post("Profiler.start", () => process.send?.({}))
}

function stopProfile(file) {
  profiler.post("Profiler.stop", (error, answer) => {
    if (error) throw error
    writeFileSync(file, JSON.stringify(answer.profile))
    profiler.disconnect()
    process.send?.({})
  })
}

process.on("message", (question) => {
  if (question === "usage") process.send?.(usage())
  if (question === "profile") startProfile()
  if (typeof question === "object" && question !== null && "profileTo" in question) stopProfile(question.profileTo)
})
process.channel?.unref()
