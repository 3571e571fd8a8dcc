/** How much is told one by one of what may be a hundred thousand. */
const mostLines = 20

/** Counts things under a heading each, and tells the first ones of each heading in a line of their own. */
export function createTally({ tellsAll, say }: { readonly tellsAll: boolean; readonly say: (line: string) => void }) {
  const counts = new Map<string, number>()
  return {
    add(heading: string, line: string): void {
      const count = (counts.get(heading) ?? 0) + 1
      counts.set(heading, count)
      if (tellsAll || count <= mostLines) say(`  ${line}`)
      else if (count === mostLines + 1) say(`  … and more like that; --all tells each of them`)
    },
    count: (heading: string): number => counts.get(heading) ?? 0,
    all: (): readonly (readonly [heading: string, count: number])[] => [...counts],
  }
}

export type Tally = ReturnType<typeof createTally>
