/** What may be long, within a dialog. It can be scrolled by keys. */
export function ScrollBox({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
      className="max-h-64 overflow-y-auto rounded-md border border-line px-3 py-1"
    >
      {children}
    </section>
  )
}

/** A list that may be long, within a dialog. */
export function ScrollList({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <ScrollBox label={label}>
      <ul className="divide-y divide-line-soft text-sm">{children}</ul>
    </ScrollBox>
  )
}
