import Link from "next/link"
import { CopyButton } from "@/components/copy-button"
import { Fingerprint } from "@/components/fingerprint"
import { Identicon } from "@/components/identicon"
import { neutralise } from "@/components/neutralise"
import { ReasonBadge } from "@/components/reason-badge"
import { TimeAgo } from "@/components/time-ago"
import type { RequestView } from "@/lib/console/request-types"
import { StatusBadge } from "./ended-words"
import { focusIfOpened } from "./inbox-link"
import { isRoleBack } from "./is-role-back"
import { RequestName } from "./request-name"
import { TimeLeft } from "./time-left"

function Claim({ text }: { text: string | null }) {
  const neutral = neutralise(text, 48)
  return neutral === null ? null : <bdi>{neutral.text}</bdi>
}

/** Who asks: what it calls itself, what its key is, and where it asks from. */
export function RequestHead({ request, headingId }: { request: RequestView; headingId: string }) {
  const { deviceId, label, displayName, client, platform, address, tries, filedAtMs, paired, state } = request
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <Identicon deviceId={deviceId} />
      <div className="grid min-w-0 flex-1 basis-64 gap-1.5">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h2
            id={headingId}
            ref={focusIfOpened}
            data-slot="request-name"
            tabIndex={-1}
            className="min-w-0 text-xl font-semibold tracking-tight outline-none [overflow-wrap:anywhere]"
          >
            <RequestName label={label} displayName={displayName} />
          </h2>
          <ReasonBadge reason={request.reason} isRoleBack={isRoleBack(request)} />
          {state.kind === "ended" && <StatusBadge status={state.status} aftermath={state.aftermath} />}
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-0.5 text-sm text-ink-2">
          <span className="-my-1 inline-flex items-center gap-0.5">
            <Fingerprint deviceId={deviceId} />
            <CopyButton text={deviceId} label="Copy the device id" />
          </span>
          <Claim text={platform} />
          <Claim text={client} />
          <span className="[overflow-wrap:anywhere]">{address}</span>
          <span className="tabular-nums">
            {tries === 1 ? "one try, " : `${tries} tries, first `}
            <TimeAgo atMs={filedAtMs} />
          </span>
          {(paired !== "no" || request.isBlocked) && (
            <Link
              prefetch={false}
              href={`/devices/${deviceId}`}
              className="font-medium text-accent underline-offset-3 hover:underline"
            >
              Device page
            </Link>
          )}
        </div>
      </div>
      {state.kind === "waiting" && <TimeLeft untilMs={state.expiresAtMs} long className="text-sm" />}
    </header>
  )
}
