import { PageBody, PageHeader, PageTitle } from "@/components/page-header"
import { SettingsTabs } from "./settings-tabs"

export default function SettingsLayout({ children }: { children: React.ReactNode }) {
  return (
    <PageBody className="max-w-5xl">
      <PageHeader>
        <PageTitle>Settings</PageTitle>
      </PageHeader>
      <SettingsTabs />
      {children}
    </PageBody>
  )
}
