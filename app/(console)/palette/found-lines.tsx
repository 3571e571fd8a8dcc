import { InboxIcon, MonitorSmartphoneIcon, ScrollTextIcon, SearchIcon, UserRoundIcon } from "lucide-react"
import { DeviceName } from "@/components/device-name"
import { fingerprintOf } from "@/components/fingerprint"
import { neutralise } from "@/components/neutralise"
import type { Found, FoundRequest } from "@/lib/console/search-types"
import { StatusBadge } from "../requests/ended-words"
import { inboxHref } from "../requests/inbox-link"
import { Line, Lines } from "./line"
import type { RecentPlace } from "./recent-places"

const fingerprint = (deviceId: string) => fingerprintOf(deviceId.slice(0, 8))
const plainName = (name: string | null) => neutralise(name)?.text ?? "unnamed device"

function Status({ status, aftermath }: Pick<FoundRequest, "status" | "aftermath">) {
  if (status === "pending") return <span className="font-medium text-warn">waits</span>
  return <StatusBadge status={status} aftermath={aftermath} />
}

/** What the server found, by kind; and where to look for more. */
export function FoundLines({ found, go }: { found: Found; go: (place: RecentPlace) => void }) {
  const { devices, requests, people } = found
  return (
    <>
      {devices.rows.length > 0 && (
        <Lines heading={devices.isMore ? "Devices, the first of more" : "Devices"}>
          {devices.rows.map(({ deviceId, name }) => (
            <Line
              key={deviceId}
              value={`device ${deviceId}`}
              Icon={MonitorSmartphoneIcon}
              hint={<code>{fingerprint(deviceId)}</code>}
              choose={() => go({ href: `/devices/${deviceId}`, name: plainName(name), what: "Device" })}
            >
              <DeviceName name={name} />
            </Line>
          ))}
        </Lines>
      )}
      {requests.rows.length > 0 && (
        <Lines heading={requests.isMore ? "Requests, the first of more" : "Requests"}>
          {requests.rows.map(({ requestId, deviceId, name, status, aftermath }) => (
            <Line
              key={requestId}
              value={`request ${requestId}`}
              Icon={InboxIcon}
              hint={
                <span className="flex items-center gap-2">
                  <code className="max-sm:hidden">{fingerprint(deviceId)}</code>
                  <Status status={status} aftermath={aftermath} />
                </span>
              }
              choose={() => go({ href: inboxHref(requestId), name: plainName(name), what: "Request" })}
            >
              <DeviceName name={name} />
            </Line>
          ))}
        </Lines>
      )}
      {people !== null && people.rows.length > 0 && (
        <Lines heading={people.isMore ? "People, the first of more" : "People"}>
          {people.rows.map(({ adminId, name, email, role }) => (
            <Line
              key={adminId}
              value={`person ${adminId}`}
              Icon={UserRoundIcon}
              hint={`${email}, ${role}`}
              choose={() => go({ href: `/settings/admins#${adminId}`, name, what: "Person" })}
            >
              <bdi>{name}</bdi>
            </Line>
          ))}
        </Lines>
      )}
    </>
  )
}

/** How many lines of the palette the server found, and whether there is more than they show. */
export function countFound({ devices, requests, people }: Found): { readonly count: number; readonly isMore: boolean } {
  return {
    count: devices.rows.length + requests.rows.length + (people?.rows.length ?? 0),
    isMore: devices.isMore || requests.isMore || (people?.isMore ?? false),
  }
}

/** The same text in the lists that can be filtered by it. */
export function WiderLines({ text, go }: { text: string; go: (place: RecentPlace) => void }) {
  const q = encodeURIComponent(text)
  return (
    <Lines heading="Look further">
      <Line
        value="wider devices"
        Icon={SearchIcon}
        choose={() => go({ href: `/devices?q=${q}`, name: `Devices: ${text}`, what: "List" })}
      >
        All devices for “<bdi>{text}</bdi>”
      </Line>
      <Line
        value="wider audit"
        Icon={ScrollTextIcon}
        choose={() => go({ href: `/audit?device=${q}`, name: `Audit: ${text}`, what: "List" })}
      >
        The audit log of “<bdi>{text}</bdi>”
      </Line>
    </Lines>
  )
}
