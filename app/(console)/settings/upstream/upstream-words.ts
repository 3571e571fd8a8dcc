import type { BadgeTone } from "@/components/ui/badge"
import type { CheckName, UpstreamState } from "@/lib/console/upstream-types"

/** The state of the gateway behind in a word, with what it means for devices. */
export const stateWords: Record<
  UpstreamState,
  { readonly name: string; readonly tone: BadgeTone; readonly means: string }
> = {
  off: { name: "None", tone: "off", means: "Devices are decided about here, and nothing serves them." },
  connecting: { name: "Connecting", tone: "quiet", means: "It is looked at before anybody is served." },
  up: { name: "Up", tone: "ok", means: "Devices are served through it, with what was granted to them here." },
  restarting: { name: "Restarting", tone: "warn", means: "Devices are told to come back in a moment." },
  down: { name: "Down", tone: "danger", means: "Devices are told to come back. It is tried again every few seconds." },
  "wrong-secret": {
    name: "Wrong secret",
    tone: "danger",
    means: "Devices are told to come back. Set the secret that the gateway has now.",
  },
  unsafe: {
    name: "Not safe",
    tone: "danger",
    means: "Nobody is served through it until this is put right. It is looked at again every few seconds.",
  },
}

/** What each step of the check looks at, and the line of the gateway's openclaw.json that puts it right. */
export const checkWords: Record<CheckName, { readonly name: string; readonly fix: string | null }> = {
  loopback: { name: "Is on this machine", fix: '"gateway": { "bind": "loopback" }' },
  reachable: { name: "Can be reached", fix: '"gateway": { "mode": "local", "port": 18789 }' },
  "secret-needed": { name: "Wants a secret", fix: '"gateway": { "auth": { "mode": "token", "token": "…" } }' },
  "secret-right": { name: "Accepts the secret", fix: '"gateway": { "auth": { "token": "…" } }' },
  release: { name: "Is of a known release", fix: null },
  "scopes-kept": { name: "Grants what is asked, and no more", fix: null },
  "header-kept": { name: "Keeps to the cap of the header", fix: null },
  "methods-kept": { name: "Refuses what a scope is missing for", fix: null },
  "auto-approve-off": {
    name: "Lets no node in by itself",
    fix: '"gateway": { "nodes": { "pairing": { "autoApproveLocal": false } } }',
  },
  "own-secret": {
    name: "Has a secret that devices do not know",
    fix: '"gateway": { "auth": { "token": "another one than the shared token here" } }',
  },
}
