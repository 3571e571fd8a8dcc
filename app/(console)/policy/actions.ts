"use server"

import { revalidatePath } from "next/cache"
import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { changePolicy } from "@/lib/store/change-policy"
import { currentStore, now } from "@/lib/store/instance"
import { policySchema } from "@/lib/store/policy-document"

const changeInput = z.object({
  policy: policySchema,
  /** The version that the reader saw. */
  version: z.number().int().min(0),
  note: z.string().trim().min(1).max(500),
})

export async function changePolicyAction(input: z.input<typeof changeInput>) {
  const admin = await requireAdmin("policy.change")
  const change = changeInput.parse(input)
  const result = await changePolicy(currentStore(), { ...change, actor: actorOf(admin), nowMs: now() })
  if (result.ok) revalidatePath("/policy")
  return result
}
