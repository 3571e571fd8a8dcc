import { inTransaction, lock, type Transactional, type Tx } from "./transaction"

/** A transaction that no other one about admins runs beside, so that what it counts stays true until it commits. */
export function inAdminTransaction<T>(store: Transactional, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(store, async (tx) => {
    await lock(tx, "admins")
    return work(tx)
  })
}

/** Owners who can sign in: not disabled, and with a password. */
export function countActiveOwners(tx: Tx, except: string | null = null): Promise<number> {
  return tx.db.admin.count({
    where: {
      role: "owner",
      disabledAtMs: null,
      passwordHash: { not: null },
      ...(except !== null && { adminId: { not: except } }),
    },
  })
}
