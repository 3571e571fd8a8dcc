import { Notice } from "@/components/ui/notice"
import type { LocalityGround } from "@/lib/console/locality-types"

/** What looks wrong about the connects of late as a whole. */
export function GroundWarnings({ ground: { undeclared, shared } }: { ground: LocalityGround }) {
  return (
    <>
      {undeclared.length > 0 && (
        <Notice tone="warn">
          <p>
            <strong className="font-semibold">A proxy is in front, and nobody declared it.</strong>{" "}
            {undeclared.length === 1 ? "This peer sends" : "These peers send"} forwarding headers, which are not
            believed, so its clients cannot be told apart: <code>{undeclared.join(", ")}</code>
          </p>
          <p className="mt-1 text-ink-2">
            Declare it: <code className="wrap-anywhere">GATEHOUSE_TRUSTED_PROXIES={undeclared.join(",")}</code>. For a
            proxy on this machine use <code>GATEHOUSE_PROXY_PORT</code>, so that clients on this machine stay local.
          </p>
        </Notice>
      )}
      {shared !== null && (
        <Notice tone="warn">
          <strong className="font-semibold">
            All {shared.devices} devices of late came from {shared.address}.
          </strong>{" "}
          If any of them is another machine, a tunnel or port mapper hides where it comes from, and strangers count as
          local. Then switch off silent approval, or let the tunnel send forwarding headers and declare it.
        </Notice>
      )}
    </>
  )
}
