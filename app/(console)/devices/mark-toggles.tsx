import { XIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import { type DeviceFilter, deviceMarks, isFiltered, plainFilter, staleDays } from "@/lib/console/device-filter"
import type { BoundedCount, DeviceFacets } from "@/lib/console/device-list-types"
import { countInWords, markWords } from "./device-words"

/** What is looked for with one press, each with the number of devices that it would leave. */
export function MarkToggles({
  filter,
  facets,
  onChange,
}: {
  filter: DeviceFilter
  facets: DeviceFacets
  onChange: (change: Partial<DeviceFilter>) => void
}) {
  const { unseenDays } = filter
  return (
    <div className="-mx-4 flex items-center gap-1.5 overflow-x-auto px-4 py-1 [scrollbar-width:thin] sm:mx-0 sm:flex-wrap sm:px-0 sm:py-0">
      {deviceMarks.map((mark) => (
        <MarkToggle
          key={mark}
          {...markWords[mark]}
          count={facets[`is:${mark}`]}
          isOn={filter.marks.includes(mark)}
          onToggle={(isOn) =>
            onChange({ marks: deviceMarks.filter((each) => (each === mark ? isOn : filter.marks.includes(each))) })
          }
        />
      ))}
      <MarkToggle
        label="Stale"
        means={`Not seen for ${unseenDays ?? staleDays} days`}
        count={facets[`unseen:${staleDays}`]}
        isOn={unseenDays !== null}
        onToggle={(isOn) => onChange({ unseenDays: isOn ? staleDays : null })}
      />
      {isFiltered(filter) && (
        <Button
          variant="ghost"
          size="sm"
          className="shrink-0 max-sm:order-first"
          onClick={() => onChange({ ...plainFilter, sort: filter.sort })}
        >
          <XIcon aria-hidden />
          Clear
        </Button>
      )}
    </div>
  )
}

function MarkToggle({
  label,
  means,
  count,
  isOn,
  onToggle,
}: {
  label: string
  means: string
  count: BoundedCount | null | undefined
  isOn: boolean
  onToggle: (isOn: boolean) => void
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={means}
      onClick={() => onToggle(!isOn)}
      className="group inline-flex shrink-0 items-center gap-1.5 rounded-full border border-line bg-panel px-3 py-0.5 text-sm text-ink-2 transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent pointer-coarse:min-h-10"
    >
      {label}
      {count && <span className="text-ink-3 tabular-nums group-aria-pressed:text-accent">{countInWords(count)}</span>}
    </button>
  )
}
