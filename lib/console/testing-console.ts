import { openTestSession } from "@/lib/auth/testing"
import type { ConsoleRole } from "@/lib/store/console-role"
import { installStore } from "@/lib/store/instance"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"

const request = { headers: new Headers() }

/** Takes the place of `next/headers`, for loaders are tested outside of a request. app/gates.test.ts tests who may load. */
export const headers = async () => request.headers

/** Goes on as a fresh admin of a role. */
export async function readAs(store: Store, role: ConsoleRole): Promise<void> {
  const { cookie } = await openTestSession(store, { role })
  request.headers = new Headers({ cookie })
}

/** A store of its own that loaders find, and somebody who reads. */
export async function openTestConsole(role: ConsoleRole): Promise<Store> {
  const store = await openTestStore("sqlite", { chores: "leave" })
  installStore(store)
  await readAs(store, role)
  return store
}
