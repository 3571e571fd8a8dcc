import type { ClientInfo } from "../wire-client"

export type Character = {
  readonly name: string
  readonly role: "operator" | "node"
  readonly client: Partial<ClientInfo>
  /** Null: on this machine. */
  readonly from: string | null
  readonly asks: readonly string[]
  readonly commands?: readonly string[]
}

const read = "operator.read"
const write = "operator.write"
const approvals = "operator.approvals"

const version = "2026.9.6"
const ios = (deviceFamily: string) => ({ id: "openclaw-ios", mode: "ui", platform: "ios 19.1", deviceFamily, version })
const android = { id: "openclaw-android", mode: "ui", platform: "android 17", deviceFamily: "Android", version }
const mac = { id: "openclaw-macos", mode: "ui", platform: "darwin", deviceFamily: "Mac", version }
const linux = { id: "openclaw-linux", mode: "ui", platform: "linux", deviceFamily: "Linux", version }
const cli = { id: "cli", mode: "cli", platform: "linux", deviceFamily: "Linux", version }
const plugin = { id: "gateway-client", mode: "ui", platform: "linux", deviceFamily: "Linux", version }
const nodeHost = { id: "node-host", mode: "node", platform: "linux", deviceFamily: "Linux", version }

const shell = ["system.run", "system.run.prepare", "system.which"]
const files = ["file.fetch", "file.stat", "fs.listDir"]

const operator = (name: string, client: Partial<ClientInfo>, from: string | null, asks: readonly string[]) =>
  ({ name, role: "operator", client, from, asks }) satisfies Character
const node = (name: string, from: string | null, commands: readonly string[], client: Partial<ClientInfo> = nodeHost) =>
  ({ name, role: "node", client, from, asks: [], commands }) satisfies Character

/** Everybody in the story. Addresses of strangers are of the ranges reserved for documentation. */
export const cast = {
  oliviasPhone: operator("Olivia's iPhone", ios("iPhone"), "192.168.1.20", [read, write, "operator.admin"]),
  annasPhone: operator("Anna's iPhone", ios("iPhone"), "192.168.1.23", [read, write]),
  annasPad: operator("Anna's iPad", ios("iPad"), "192.168.1.24", [read]),
  bensPixel: operator("Ben's Pixel 10", android, "192.168.1.31", [read, write, approvals]),
  bensMac: operator("Ben's MacBook Pro", mac, "192.168.1.32", [read, write, approvals, "operator.admin"]),
  cleosThinkPad: operator("Cleo's ThinkPad", linux, "192.168.1.40", [read, write, "operator.pairing"]),
  cleosTab: operator("Cleo's Galaxy Tab", android, "192.168.1.41", [read, write]),
  danasAir: operator("Dana's MacBook Air", mac, "192.168.1.44", [read, write]),
  oldPhone: operator("Old iPhone 12", ios("iPhone"), "192.168.1.45", [read, write]),
  lobby: operator("Lobby kiosk", linux, "192.168.1.50", [read, write]),
  display: operator("Meeting room display", linux, "192.168.1.51", [read]),
  desktop: operator("Eli's desktop", { ...plugin, platform: "win32", deviceFamily: "Windows" }, "192.168.1.52", [
    read,
    write,
  ]),
  travel: operator("Travel laptop", linux, "198.51.100.77", [read, write]),
  contractor: operator("Contractor's laptop", mac, "198.51.100.12", [read, write]),
  grandma: operator("Grandma's tablet", android, "192.168.1.55", [read]),
  watch: operator(
    "Olivia's Watch",
    { ...ios("Watch"), id: "openclaw-watchos", platform: "watchos 13" },
    "192.168.1.21",
    [read],
  ),
  reception: operator("Reception iPad", ios("iPad"), "192.168.1.56", [read, write]),
  fold: operator("Mia's Pixel Fold", android, "192.168.1.57", [read, approvals]),
  surface: operator("Noah's Surface", { ...plugin, platform: "win32", deviceFamily: "Windows" }, "192.168.1.58", [
    read,
  ]),
  deployBot: operator("deploy bot", cli, "198.51.100.30", [read, write]),
  workstation: operator("workstation", cli, null, [read]),
  statusBar: operator("status bar", plugin, null, [read]),
  cronRunner: operator("cron runner", { ...plugin, mode: "backend" }, null, [read, write]),
  editor: operator("editor plugin", plugin, null, [read, write]),
  livingRoom: node("living-room-pi", "192.168.1.60", [...shell, "browser.proxy"]),
  nas: node("nas", "192.168.1.5", files),
  garage: node("garage-cam", "192.168.1.61", ["desktop.stream"]),
  buildBox: node("build-box", null, shell),
  studio: node("studio-mac", "192.168.1.70", [...shell, ...files], {
    ...nodeHost,
    platform: "darwin",
    deviceFamily: "Mac",
  }),
  greenhouse: node("greenhouse-pi", "192.168.1.62", ["system.which"]),
  printer: node("printer-room-pi", "192.168.1.63", ["system.which"]),
  stranger: operator("Pixel 7", android, "203.0.113.99", [read, write]),
  scanner: operator("test", { ...plugin, id: "test", mode: "test" }, "203.0.113.150", [read, "operator.admin"]),
  elisPhone: operator("Eli's iPhone 17", ios("iPhone"), "192.168.1.88", [read, write]),
  // The first letter is Cyrillic.
  lookAlike: operator("\u0410nna's iPhone", ios("iPhone"), "203.0.113.44", [read, write, "operator.admin"]),
  warehouse: node("warehouse-pi", "198.51.100.201", shell),
} as const satisfies Record<string, Character>
