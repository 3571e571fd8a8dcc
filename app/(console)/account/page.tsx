import type { Metadata } from "next"
import { cookies } from "next/headers"
import { PageBody, PageHeader, PageTitle } from "@/components/page-header"
import { Seeded } from "@/components/seeded"
import { themeCookie, toTheme } from "@/components/theme"
import { Badge } from "@/components/ui/badge"
import { loadAccount, loadSessions } from "@/lib/console/account"
import { NotificationsCard } from "./notifications-card"
import { PasswordCard } from "./password-card"
import { PreferencesCard } from "./preferences-card"
import { sessionsQuery } from "./query"
import { SessionsCard } from "./sessions-card"

export const metadata: Metadata = { title: "My account" }

export default async function AccountPage() {
  const [account, sessions, jar] = await Promise.all([loadAccount(), loadSessions(), cookies()])
  return (
    <PageBody className="max-w-3xl">
      <PageHeader>
        <PageTitle>My account</PageTitle>
        <Badge>{account.role}</Badge>
        <p className="w-full text-ink-2 wrap-anywhere">
          {account.name}, {account.email}
        </p>
      </PageHeader>
      <Seeded queries={[{ queryKey: sessionsQuery().queryKey, data: sessions }]}>
        <SessionsCard />
      </Seeded>
      <PasswordCard />
      <NotificationsCard />
      <PreferencesCard theme={toTheme(jar.get(themeCookie)?.value)} shortcuts={account.shortcuts} />
    </PageBody>
  )
}
