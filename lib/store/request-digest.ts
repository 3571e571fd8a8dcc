import { createHash } from "node:crypto"
import { digestText } from "@/lib/pairing/digest"
import type { DeviceRecord, PendingRequest } from "@/lib/pairing/types"

/** The hash that turns a digest's text into what a page carries and an approval names. */
export function hashDigest(text: string): string {
  return createHash("sha256").update(text).digest("base64url")
}

/** Names what an admin is shown of a request; an approval that names anything else is refused. */
export function digestOf(record: DeviceRecord, request: PendingRequest): string {
  return hashDigest(digestText(record, request))
}
