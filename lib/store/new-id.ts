import { randomBytes } from "node:crypto"

let lastTime = 0
let counter = 0

/** A fresh id for a row: random, and in the order of creation within this process. */
export function newId(): string {
  const time = Math.max(Date.now(), lastTime)
  counter = time === lastTime ? counter + 1 : 0
  lastTime = time
  return time.toString(36).padStart(9, "0") + counter.toString(36).padStart(4, "0") + randomBytes(8).toString("hex")
}
