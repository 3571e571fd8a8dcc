import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { devicesHref } from "@/lib/console/overview-links"
import type { Overview } from "@/lib/console/overview-types"
import { markWords } from "../devices/device-words"
import { BarTable } from "./bar-table"

const plural = (count: number, one: string, more: string) => (count === 1 ? one : more)

/** How the devices fare: how long each is unseen, and what is special about some. */
export function DevicesCard({ devices: { total, online, unseen, marks } }: { devices: Overview["devices"] }) {
  const seen = [
    {
      name: "All devices",
      of: plural(total, "device is paired", "devices are paired"),
      href: devicesHref({}),
      value: total,
      more: false,
    },
    {
      name: "Online now",
      of: plural(online.value, "device is online", "devices are online"),
      href: devicesHref({ mark: "online" }),
      ...online,
    },
    ...unseen.map(({ days, value, more }) => ({
      name: days === 365 ? "Unseen for a year" : `Unseen for ${days} days`,
      of: plural(value, "device was not seen for so long", "devices were not seen for so long"),
      ...{ href: devicesHref({ unseenDays: days }), value, more },
    })),
  ]
  const marked = marks.map(({ mark, value, more }) => ({
    ...{ name: markWords[mark].label, hint: markWords[mark].means, value, more },
    of:
      mark === "blocked"
        ? plural(value, "device or key is blocked", "devices and keys are blocked")
        : plural(value, "device carries this mark", "devices carry this mark"),
    href: devicesHref({ mark }),
  }))
  return (
    <Card aria-labelledby="devices">
      <CardHeader>
        <CardTitle id="devices">Devices</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-3">
        <BarTable caption="Devices by when they were last seen" most={total} bars={seen} />
        <p className="text-sm text-ink-3">
          One that was unseen for 90 days counts for 7 and 30 days too. One that was never seen counts from its pairing.
        </p>
        <h3 className="border-t border-line-soft pt-3 text-sm font-semibold text-ink-2">Marked</h3>
        <BarTable caption="Devices by mark" most={total} bars={marked} />
      </CardContent>
    </Card>
  )
}
