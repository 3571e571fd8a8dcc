import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { userInfo } from "node:os"
import { delimiter, join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"

// Debian keeps it where only root looks.
const folders = (process.env.PATH ?? "").split(delimiter).concat("/usr/sbin", "/usr/local/sbin")

/** The path of nginx; null where it is not installed. */
export const nginx = folders.map((folder) => join(folder, "nginx")).find(existsSync) ?? null

/** Why the tests behind nginx cannot run here; null where they can. */
export const whyNoNginx =
  process.platform !== "linux"
    ? "Clients dial from 127.0.0.3, an address that only Linux has."
    : nginx === null
      ? "nginx is not installed. On Debian: apt-get install nginx-light"
      : null

export type Nginx = {
  /** What it has written to its error log. */
  readonly complaints: () => string
  readonly stop: () => Promise<void>
}

/**
 * Runs the configuration that the README shows, inside a main file such as Debian's. Only what a machine differs in is
 * put in the place of what it says: each of `here` must be found in it once.
 */
export async function startNginx(
  folder: string,
  { port, here }: { port: number; here: Readonly<Record<string, string>> },
): Promise<Nginx> {
  if (nginx === null) throw new Error("nginx is not installed")
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "gatehouse.conf"), putIn(readFileSync("docs/nginx.conf", "utf8"), here))
  writeFileSync(join(folder, "nginx.conf"), mainFile(folder))
  const child = spawn(nginx, ["-e", "stderr", "-c", join(folder, "nginx.conf")], {
    stdio: ["ignore", "ignore", "pipe"],
  })
  let said = ""
  child.stderr.on("data", (chunk) => {
    said += chunk
  })
  const exited = once(child, "exit")
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`nginx did not start:\n${said}`)
    await pause(50)
  }
  return {
    complaints: () => said,
    stop: async () => {
      child.kill("SIGTERM")
      await exited
    },
  }
}

function putIn(text: string, here: Readonly<Record<string, string>>): string {
  for (const [there, value] of Object.entries(here)) {
    if (text.split(there).length !== 2) throw new Error(`docs/nginx.conf does not say "${there}" exactly once`)
    text = text.replace(there, () => value)
  }
  return text
}

// Its workers run as whoever runs the tests: www-data could not read the folder.
function mainFile(folder: string): string {
  const user = process.getuid?.() === 0 ? `user ${userInfo().username};` : ""
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
  return `
    ${user}
    daemon off;
    worker_processes 1;
    pid ${folder}/pid;
    events { worker_connections 768; }
    http {
      access_log off;
      gzip on;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n")}
      include ${folder}/gatehouse.conf;
    }`
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1")
  const open = await once(socket, "connect").then(
    () => true,
    () => false,
  )
  socket.destroy()
  return open
}
