import type { Metadata, Viewport } from "next"
import { cookies } from "next/headers"
import { ClockProvider } from "@/components/clock"
import { knownTimeZone } from "@/components/format-time"
import { themeColors, themeCookie, toTheme } from "@/components/theme"
import { Toaster } from "@/components/toaster"
import { pageTime } from "@/lib/console/page-time"
import "./globals.css"

export const metadata: Metadata = {
  title: { default: "Gatehouse", template: "%s · Gatehouse" },
  description: "Which devices may enter the gateway, and with what.",
  robots: { index: false, follow: false },
  appleWebApp: { title: "Gatehouse", statusBarStyle: "default" },
}

export async function generateViewport(): Promise<Viewport> {
  const theme = toTheme((await cookies()).get(themeCookie)?.value)
  return {
    width: "device-width",
    initialScale: 1,
    // The bar with the buttons stays above the keyboard of a phone.
    interactiveWidget: "resizes-content",
    colorScheme: "light dark",
    themeColor:
      theme === "system"
        ? [
            { media: "(prefers-color-scheme: light)", color: themeColors.light },
            { media: "(prefers-color-scheme: dark)", color: themeColors.dark },
          ]
        : themeColors[theme],
  }
}

export default async function RootLayout({ children }: { children: React.ReactNode }) {
  const jar = await cookies()
  const theme = toTheme(jar.get(themeCookie)?.value)
  const timeZone = knownTimeZone(jar.get("gatehouse-time-zone")?.value)
  return (
    <html lang="en" {...(theme !== "system" && { "data-theme": theme })} suppressHydrationWarning>
      <body>
        <ClockProvider nowMs={pageTime()} timeZone={timeZone}>
          {children}
          <Toaster />
        </ClockProvider>
      </body>
    </html>
  )
}
