/** What the tab that tells has told, for the tab that tells after it. */
type HandedOn = {
  /** Requests that were filed later have a notification coming. */
  readonly sinceMs: number
  /** Of those, the ones up to here had one that went with its tab. */
  readonly toldMs: number
}

const key = "gatehouse-told"

export function readHandedOn(): HandedOn | null {
  const [since, told] = window.localStorage.getItem(key)?.split(" ").map(Number) ?? []
  return since === undefined || told === undefined || Number.isNaN(since + told)
    ? null
    : { sinceMs: since, toldMs: told }
}

export function handOn({ sinceMs, toldMs }: HandedOn): void {
  window.localStorage.setItem(key, `${sinceMs} ${toldMs}`)
}
