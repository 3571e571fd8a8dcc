import { now } from "@/lib/store/instance"

/** The time that a page counts from: the same on every process. It tells nothing, so anybody may have it. */
export function pageTime(): number {
  return now()
}
