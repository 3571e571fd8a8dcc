import {
  ChartColumnIcon,
  InboxIcon,
  MonitorSmartphoneIcon,
  ScrollTextIcon,
  SettingsIcon,
  ShieldIcon,
} from "lucide-react"

/** The places of the console, in the order of the column. */
export const places = [
  { href: "/requests", name: "Requests", Icon: InboxIcon },
  { href: "/devices", name: "Devices", Icon: MonitorSmartphoneIcon },
  { href: "/overview", name: "Overview", Icon: ChartColumnIcon },
  { href: "/audit", name: "Audit", Icon: ScrollTextIcon },
  { href: "/policy", name: "Policy", Icon: ShieldIcon },
  { href: "/settings", name: "Settings", Icon: SettingsIcon },
] as const
