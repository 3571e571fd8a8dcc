import { DeviceName } from "@/components/device-name"
import { Fingerprint } from "@/components/fingerprint"
import { Notice } from "@/components/ui/notice"
import type { RequestView } from "@/lib/console/request-types"

// The letters of the fixed-width font are told apart more easily.
/** Others that go by nearly the same name with another key: the name says nothing then. */
export function Lookalikes({ request }: { request: RequestView }) {
  if (request.lookalikes.length === 0) return null
  return (
    <Notice tone="warn">
      <p>
        <strong className="font-semibold">Nearly the same name, another key.</strong> Compare the fingerprint with the
        one that the device shows of itself.
      </p>
      <ul className="mt-1 grid gap-0.5">
        <li className="flex flex-wrap items-baseline gap-x-3">
          <DeviceName name={request.displayName} className="font-mono font-semibold" />
          <Fingerprint deviceId={request.deviceId} />
          <span className="text-ink-2">this one, from {request.address}</span>
        </li>
        {request.lookalikes.map(({ deviceId, requestId, name, address }) => (
          <li key={requestId ?? deviceId} className="flex flex-wrap items-baseline gap-x-3">
            <DeviceName name={name} className="font-mono font-semibold" />
            <Fingerprint deviceId={deviceId} />
            <span className="text-ink-2">
              {requestId === null ? "is paired" : "asks too"}
              {address !== null && `, from ${address}`}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
