import type { Role } from "./types"

/** The role of a connect that names none (R4); it is signed under this name too. */
export const defaultRole: Role = "operator"

/** The role that a name stands for; null when there is no such role. */
export function readRole(name: string): Role | null {
  return name === "operator" || name === "node" ? name : null
}
