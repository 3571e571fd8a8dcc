"use server"

import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { currentStore, now } from "@/lib/store/instance"
import { removeUpstream } from "@/lib/store/remove-upstream"
import { saveUpstream } from "@/lib/store/save-upstream"
import { isGatewayAddress } from "@/lib/store/upstream"

const candidate = z.object({
  url: z.string().trim().max(2048),
  kind: z.enum(["token", "password"]),
  secret: z.string().max(4096),
})

type Candidate = z.input<typeof candidate>

/** Looks at a gateway without using it; nothing is kept. */
export async function checkUpstreamAction(input: Candidate) {
  await requireAdmin("settings.change")
  const { url, kind, secret } = candidate.parse(input)
  if (!isGatewayAddress(url)) return { ok: false, because: "not-an-address" } as const
  if (secret.trim() === "") return { ok: false, because: "no-secret" } as const
  return { ok: true, steps: await currentStore().upstream.check({ url, secret: { kind, value: secret } }) } as const
}

/** Serves through a gateway from now on, if it passes the same check once more. */
export async function switchOnAction(input: Candidate) {
  const admin = await requireAdmin("settings.change")
  const { url, kind, secret } = candidate.parse(input)
  const checked = await checkUpstreamAction(input)
  if (!checked.ok) return checked
  const bad = checked.steps.some(({ result }) => result === "bad" || result === "skipped")
  if (bad) return { ok: false, because: "check-failed", steps: checked.steps } as const
  return saveUpstream(currentStore(), { url, secretKind: kind, secret, actor: actorOf(admin), nowMs: now() })
}

export async function switchOffAction() {
  const admin = await requireAdmin("settings.change")
  return removeUpstream(currentStore(), { actor: actorOf(admin), nowMs: now() })
}
