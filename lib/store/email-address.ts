import { z } from "zod"

/**
 * An e-mail address as admins are known by: trimmed, lower case, one `@` with something on both sides. It is a name
 * to sign in with and nothing is ever sent to it, so `mara@home` is as good as any.
 */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, "Write an address such as name@example.org.")

/** What a person is called in lists and audit entries. */
export const personName = z.string().trim().min(1, "Write a name.").max(80)
