import Link from "next/link"
import { Brand } from "@/components/brand"
import { LiveProvider } from "@/components/live-provider"
import { QueryProvider } from "@/components/query-provider"
import { Seeded } from "@/components/seeded"
import { Badge } from "@/components/ui/badge"
import { loadShell } from "@/lib/console/shell"
import { AccountMenu } from "./account-menu"
import { LiveState, LiveWarning } from "./live-state"
import { Navigation } from "./navigation"
import { Overlays } from "./palette/overlays"
import { SearchButton } from "./palette/search-button"
import { ServiceWorker } from "./service-worker"
import { Notifier } from "./told/notifier"
import { WaitingMark } from "./told/waiting-mark"
import { UpstreamWarning } from "./upstream-warning"

export default async function ConsoleLayout({ children }: { children: React.ReactNode }) {
  const shell = await loadShell()
  return (
    <QueryProvider>
      <Seeded queries={[{ queryKey: ["shell"], data: shell }]}>
        <LiveProvider>
          <a
            href="#main"
            className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-accent-ink focus:translate-y-0"
          >
            Skip to the page
          </a>
          <div
            data-slot="console"
            className="group/console flex min-h-dvh flex-col md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]"
          >
            <header className="flex items-center gap-2 border-b border-line bg-sunk px-4 py-2 md:hidden">
              <Link href="/requests" className="mr-auto flex items-center gap-2 rounded-md">
                <Brand />
                {shell.isDemo && <Badge tone="warn">Demo</Badge>}
              </Link>
              <LiveState isShort className="min-w-0 max-[22rem]:leading-tight" />
              <SearchButton compact />
              <AccountMenu compact />
            </header>
            <aside className="sticky top-0 hidden h-dvh flex-col gap-4 border-r border-line bg-sunk px-3 py-4 md:flex">
              <Link href="/requests" className="w-fit rounded-md px-2">
                <Brand />
              </Link>
              {shell.isDemo && (
                <p className="rounded-md bg-warn-soft px-2 py-1.5 text-sm text-ink">
                  <strong className="font-semibold">Demo data.</strong> These devices and people are made up.
                </p>
              )}
              <SearchButton />
              <Navigation />
              <div className="mt-auto grid gap-1.5 border-t border-line pt-3">
                <LiveState className="px-2" />
                <code className="px-2 text-xs text-ink-3 [overflow-wrap:anywhere]">{shell.address}</code>
                <AccountMenu />
              </div>
            </aside>
            <div className="flex min-w-0 flex-1 flex-col">
              <LiveWarning />
              <UpstreamWarning />
              <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
                {children}
              </main>
            </div>
            <div
              data-slot="bottom-bar"
              className="sticky bottom-0 z-30 border-t group-has-data-[view=detail]/console:hidden border-line bg-sunk px-2 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] md:hidden"
            >
              <Navigation />
            </div>
          </div>
          <Overlays />
          <WaitingMark />
          <Notifier />
          <ServiceWorker />
        </LiveProvider>
      </Seeded>
    </QueryProvider>
  )
}
