/** What a person in the console may be: owners manage, approvers decide, viewers see. */
export const consoleRoles = ["viewer", "approver", "owner"] as const

export type ConsoleRole = (typeof consoleRoles)[number]

/** The console role a row names. A text that names none is the least one, so a damaged row gives nothing away. */
export function toConsoleRole(text: string): ConsoleRole {
  return consoleRoles.find((role) => role === text) ?? "viewer"
}
