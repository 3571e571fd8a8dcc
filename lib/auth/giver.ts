import { headers } from "next/headers"
import { actorOf, type CurrentAdmin } from "./admin"
import { clientAddress } from "./client-address"

/** Who gives a command that can cut something off, and the address from where: nobody cuts off themselves unasked. */
export async function giverOf(admin: CurrentAdmin) {
  return { actor: actorOf(admin), ownAddress: clientAddress(await headers()) }
}
