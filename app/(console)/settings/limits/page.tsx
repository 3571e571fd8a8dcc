import type { Metadata } from "next"
import { loadSettings } from "@/lib/console/settings"
import { SettingsForm } from "./settings-form"

export const metadata: Metadata = { title: "Limits" }

export default async function LimitsPage() {
  const now = await loadSettings()
  return <SettingsForm key={now.changed?.atMs ?? 0} now={now} />
}
