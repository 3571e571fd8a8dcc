export type Admission = {
  /** Takes a place for one socket that has not logged in; returns how to give it back, or null when all are taken. */
  readonly enter: (group: string) => (() => void) | null
  readonly size: () => number
}

/** Limits how many sockets of one address may be open without having logged in. Remembers open sockets only. */
export function createAdmission(limit: () => number): Admission {
  const open = new Map<string, number>()

  return {
    enter(group) {
      const count = open.get(group) ?? 0
      if (count >= limit()) return null
      open.set(group, count + 1)
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        const left = (open.get(group) ?? 1) - 1
        if (left > 0) open.set(group, left)
        else open.delete(group)
      }
    },
    size: () => open.size,
  }
}
