import Link from "next/link"
import { ReasonBadge } from "@/components/reason-badge"
import { ScopeNames } from "@/components/scope-name"
import { Countdown, Instant, TimeAgo } from "@/components/time-ago"
import { Notice } from "@/components/ui/notice"
import type { DeviceView, WaitingRequest } from "@/lib/console/device-types"
import { isRoleBack } from "../../requests/is-role-back"
import { requestHref } from "../request-href"

/** What a reader should know before anything else: a block, a removal, requests that wait. */
export function DeviceNotices({ device: { block, paired, waiting } }: { device: DeviceView }) {
  return (
    <>
      {block !== null && (
        <Notice tone="danger">
          <b className="font-semibold">{block.byName}</b> blocked this key <TimeAgo atMs={block.atMs} />. Whatever it
          asks is refused{paired ? "; its rights stay on record and come back when it is unblocked" : ""}.
          {block.note && <q className="claimed ml-1">{block.note}</q>}
          {block.toldReason && (
            <>
              {" "}
              It is told: <q className="claimed">{block.toldReason}</q>
            </>
          )}
        </Notice>
      )}
      {paired === null && (
        <Notice>
          This device is not paired. What is below is what was written down while it was, or when it asked.
        </Notice>
      )}
      {waiting.map((request) => (
        <Waiting key={request.requestId} request={request} />
      ))}
    </>
  )
}

function Waiting({ request }: { request: WaitingRequest }) {
  return (
    <Notice tone="warn">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ReasonBadge reason={request.reason} isRoleBack={isRoleBack(request)} />
        <span>
          Asks as {request.role} for{" "}
          {request.scopes.length === 0 ? "no scopes" : <ScopeNames scopes={request.scopes} />} since{" "}
          <Instant atMs={request.filedAtMs} style="short" />, {request.tries === 1 ? "1 try" : `${request.tries} tries`}
          , expires in <Countdown untilMs={request.expiresAtMs} />.
        </span>
        <Link
          href={requestHref(request.requestId)}
          className="ml-auto font-medium underline decoration-1 underline-offset-3 hover:decoration-2"
        >
          Decide
        </Link>
      </div>
    </Notice>
  )
}
