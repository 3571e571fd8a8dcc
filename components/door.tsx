import { Brand } from "@/components/brand"
import { Card } from "@/components/ui/card"

/** The frame of the pages before the console: the gate itself, and one card in it. */
export function Door({ children, footnote }: { children: React.ReactNode; footnote?: React.ReactNode }) {
  return (
    <div className="relative isolate flex min-h-dvh flex-col items-center overflow-hidden px-4 py-8 sm:justify-center sm:py-12">
      <Arches />
      <main id="main" className="grid w-full max-w-sm gap-6">
        <Brand className="justify-self-center text-xl" />
        <Card className="shadow-float">
          <div className="grid gap-5 px-5 py-6 sm:px-7 sm:py-7">{children}</div>
        </Card>
        {footnote && <div className="px-2 text-center text-sm text-balance text-ink-3">{footnote}</div>}
      </main>
    </div>
  )
}

export function DoorTitle({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <header className="grid gap-1">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      {children && <p className="text-ink-2">{children}</p>}
    </header>
  )
}

// The arch of the brand, one within the other, as quiet lines behind the card.
function Arches() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1200 900"
      preserveAspectRatio="xMidYMax slice"
      className="pointer-events-none absolute inset-0 -z-10 size-full fill-none stroke-line-soft"
    >
      {[300, 390, 490, 600, 720].map((radius) => (
        <path
          key={radius}
          strokeWidth={1.5}
          d={`M${600 - radius} 900V${520}a${radius} ${radius} 0 0 1 ${radius * 2} 0V900`}
        />
      ))}
    </svg>
  )
}
