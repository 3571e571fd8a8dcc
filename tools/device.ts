import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { env } from "@/lib/env"
import { startAgent } from "./device/agent"
import { openKeep } from "./device/keep"
import { splitRemote } from "./device/remote-flag"
import { inWords } from "./device/say"
import { asIfFrom } from "./wire-client"

const usage = `npm run device -- [options]

A small device for trying things out: makes itself a key, knocks, waits until somebody lets it in, stays.

  --remote [ADDRESS]   as if from elsewhere (203.0.113.7), so that a person has to decide; Linux
  --name NAME          what it calls itself; one name is one key ("Trial device")
  --role ROLE          operator (default) or node
  --scope SCOPE        what it asks, several times or with commas (operator.read)
  --url URL            ws://127.0.0.1:18790
  --token TOKEN        the shared token (else that of the server's data directory)
  --state DIR          where it keeps its key and tokens (.cache/devices)
  --once               one try: exit code 0 in, 2 waiting, 1 refused or no answer
  --keep               stay until Ctrl-C (the default)`

function sharedToken(given: string | undefined): string | null {
  const fromEnvironment = given ?? env.gatewayToken
  if (fromEnvironment) return fromEnvironment
  const file = join(env.dataDir, "gateway-token")
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null
}

async function main(): Promise<number> {
  const { remote, rest } = splitRemote(process.argv.slice(2))
  const { values } = parseArgs({
    args: rest,
    options: {
      url: { type: "string" },
      name: { type: "string", default: "Trial device" },
      role: { type: "string", default: "operator" },
      scope: { type: "string", multiple: true },
      token: { type: "string" },
      state: { type: "string", default: ".cache/devices" },
      once: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const { role } = values
  if (role !== "operator" && role !== "node") {
    console.error(`The role is operator or node, not ${role}.`)
    return 1
  }
  if (remote !== null && process.platform !== "linux") {
    console.error(
      "--remote dials from 127.0.0.2, which only Linux has without further set-up. Run the device on another machine, or in a container.",
    )
    return 1
  }
  const url = values.url ?? `ws://127.0.0.1:${env.port}`
  const secret = sharedToken(values.token)
  const keep = openKeep(values.state, values.name)
  const token = keep.token(url, role)
  if (secret === null && token === null) {
    console.error(
      `No shared token found in ${env.dataDir}. Start the server on this machine first, set GATEHOUSE_DATA_DIR, or give --token.`,
    )
    return 1
  }
  const given = values.scope?.flatMap((scope) => scope.split(",")).map((scope) => scope.trim())
  const scopes = given ?? (token === null && role === "operator" ? ["operator.read"] : undefined)

  console.log(`${values.name}, ${role}${keep.isNew ? ", a new key" : ""} (${keep.file})`)
  console.log(`  device   ${keep.identity.deviceId}`)
  console.log(`  server   ${url}${remote === null ? "" : `, as if from ${remote}`}`)
  const agent = startAgent({
    url,
    identity: keep.identity,
    role,
    ...(scopes ? { scopes } : {}),
    client: { displayName: values.name, platform: process.platform },
    secret,
    token,
    ...(remote === null ? {} : { dial: asIfFrom(remote) }),
    once: values.once,
    keepToken: (next) => keep.keepToken(url, role, next),
    tell: (news) => {
      for (const line of inWords(news, role)) console.log(line)
      if (news.kind === "waiting" && !news.again && !values.once)
        console.log("Knocking every few seconds; Ctrl-C stops.")
    },
  })
  const stop = () => void agent.stop()
  process.once("SIGINT", stop)
  process.once("SIGTERM", stop)
  const end = await agent.finished
  return { in: 0, waiting: 2, refused: 1, unreachable: 1 }[end]
}

process.exitCode = await main()
