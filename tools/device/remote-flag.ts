/** `--remote` may stand alone or with an address, which parseArgs cannot say. */
export function splitRemote(args: readonly string[]): { remote: string | null; rest: string[] } {
  const at = args.findIndex((arg) => arg === "--remote" || arg.startsWith("--remote="))
  if (at < 0) return { remote: null, rest: [...args] }
  const next = args[at + 1]
  const inline = args[at]?.split("=")[1]
  const takesNext = inline === undefined && next !== undefined && !next.startsWith("-")
  const rest = args.filter((_, index) => index !== at && !(takesNext && index === at + 1))
  return { remote: inline ?? (takesNext ? next : "203.0.113.7"), rest }
}
