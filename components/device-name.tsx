import { EyeOffIcon } from "lucide-react"
import { neutralise } from "@/components/neutralise"
import { cn } from "@/lib/utils"

/** What a device or an admin calls a device: isolated, without what cannot be seen, never longer than a line. */
export function DeviceName({
  name,
  max,
  className,
  marked,
}: {
  name: string | null
  max?: number
  className?: string
  /** The places of letters that are marked, in the text as it is shown. */
  marked?: readonly number[]
}) {
  const neutral = neutralise(name, max)
  if (neutral === null) return <span className={cn("font-normal text-ink-3 italic", className)}>unnamed device</span>
  return (
    <>
      <bdi className={className}>{marked?.length ? <Marked text={neutral.text} places={marked} /> : neutral.text}</bdi>
      {neutral.altered && (
        <span
          title="Hidden or surplus characters were taken out of this name"
          className="ml-1 inline-flex align-middle"
        >
          <EyeOffIcon aria-hidden className="size-3.5 text-warn" />
          <span className="sr-only">(hidden or surplus characters taken out)</span>
        </span>
      )}
    </>
  )
}

function Marked({ text, places }: { text: string; places: readonly number[] }) {
  const runs: { readonly at: number; text: string; readonly isMarked: boolean }[] = []
  for (const [at, letter] of [...text].entries()) {
    const last = runs.at(-1)
    if (last?.isMarked === places.includes(at)) last.text += letter
    else runs.push({ at, text: letter, isMarked: places.includes(at) })
  }
  return runs.map((run) =>
    run.isMarked ? (
      <mark key={run.at} className="rounded-[3px] bg-transparent text-warn underline decoration-2 underline-offset-3">
        {run.text}
      </mark>
    ) : (
      run.text
    ),
  )
}
