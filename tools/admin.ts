import { parseArgs } from "node:util"
import type { Actor } from "@/lib/store/actor"
import { makeAdminLink } from "@/lib/store/admin-links"
import { consoleRoles } from "@/lib/store/console-role"
import { createAdmin } from "@/lib/store/create-admin"
import { enableAdmin } from "@/lib/store/disable-admin"
import { emailAddress, personName } from "@/lib/store/email-address"
import type { Store } from "@/lib/store/store"
import { consoleAddress, withStore } from "./with-store"

const usage = `Usage:
  npm run admin -- list
  npm run admin -- reset EMAIL                              a link to choose a new password
  npm run admin -- invite EMAIL [--name NAME] [--role ROLE]   a new admin: owner, approver or viewer
  npm run admin -- enable EMAIL                             let a disabled admin sign in again`

/** Whoever can run this on the machine owns it; the log says that it was done here. */
const actor: Actor = { kind: "system", name: "command line of the server" }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { name: { type: "string" }, role: { type: "string", default: "viewer" } },
})
const [command, given] = positionals

const task = taskOf(command, emailAddress.safeParse(given))
if (task === null) process.exit(refuse(usage))
await withStore(task)

function taskOf(
  name: string | undefined,
  email: ReturnType<typeof emailAddress.safeParse>,
): ((store: Store) => Promise<number>) | null {
  if (name === "list") return list
  if (!email.success) return null
  switch (name) {
    case "reset":
      return (store) => reset(store, email.data)
    case "enable":
      return (store) => enable(store, email.data)
    case "invite":
      return invitation(email.data)
    default:
      return null
  }
}

async function list(store: Store): Promise<number> {
  const rows = await store.db.admin.findMany({ orderBy: { email: "asc" } })
  if (rows.length === 0) console.log("Nobody yet. The server prints a set-up link when it starts.")
  for (const { email, role, name, disabledAtMs, passwordHash } of rows) {
    const state = disabledAtMs !== null ? "disabled" : passwordHash === null ? "invited" : "active"
    console.log([email, role, state, name].join("\t"))
  }
  return 0
}

async function reset(store: Store, email: string): Promise<number> {
  const admin = await find(store, email)
  if (!admin) return refuse(`Nobody signs in as ${email}. See: npm run admin -- list`)
  return printLink(store, admin.adminId, email)
}

async function enable(store: Store, email: string): Promise<number> {
  const admin = await find(store, email)
  if (!admin) return refuse(`Nobody signs in as ${email}. See: npm run admin -- list`)
  const result = await enableAdmin(store, { adminId: admin.adminId, actor, nowMs: Date.now() })
  console.log(result.ok ? `${email} can sign in again.` : `${email} was not disabled.`)
  return 0
}

function invitation(email: string): ((store: Store) => Promise<number>) | null {
  const role = consoleRoles.find((each) => each === values.role)
  const name = personName.safeParse(values.name ?? email.split("@")[0])
  if (!role || !name.success) return null
  const admin = { email, name: name.data, role, passwordHash: null }
  return async (store) => {
    const result = await createAdmin(store, { admin, actor, nowMs: Date.now() })
    if (!result.ok) return refuse(`${email} is an admin already. For a new password: npm run admin -- reset ${email}`)
    return printLink(store, result.adminId, email)
  }
}

async function printLink(store: Store, adminId: string, email: string): Promise<number> {
  const link = await makeAdminLink(store, { adminId, actor, nowMs: Date.now() })
  if (!link.ok) return refuse(`${email} is disabled. First: npm run admin -- enable ${email}`)
  console.log(`Within 24 hours, ${email} can choose a password here. The link works once:`)
  console.log(`  ${consoleAddress()}${link.path}`)
  return 0
}

function find(store: Store, email: string) {
  return store.db.admin.findUnique({ where: { email }, select: { adminId: true } })
}

function refuse(sentence: string): number {
  console.error(sentence)
  return 1
}
