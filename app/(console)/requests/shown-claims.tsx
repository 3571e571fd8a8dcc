import { neutralise } from "@/components/neutralise"
import { Notice } from "@/components/ui/notice"
import type { RequestView } from "@/lib/console/request-types"

const mostCommands = 40

function Claimed({ text }: { text: string | null }) {
  const neutral = neutralise(text, 160)
  return neutral === null ? <>nothing</> : <bdi className="font-medium">{neutral.text}</bdi>
}

/** What the device says of itself beyond its name: commands of a node, and what it says otherwise by now. */
export function ShownClaims({ request }: { request: RequestView }) {
  const { commands, changedClaims } = request
  return (
    <>
      {changedClaims.length > 0 && (
        <Notice tone="warn">
          <p className="font-semibold">Since this request was filed, the device says other things of itself.</p>
          <ul>
            {changedClaims.map(({ what, filed, latest }) => (
              <li key={what}>
                {what}: <Claimed text={filed} /> when filed, <Claimed text={latest} /> now
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {commands.length > 0 && (
        <section aria-label="Commands">
          <h3 className="mb-2 text-lg font-semibold">Commands it offers to run</h3>
          <ul className="flex flex-wrap gap-1.5">
            {commands.slice(0, mostCommands).map((command) => (
              <li key={command} className="rounded-sm border border-line px-2 py-0.5">
                <code>{neutralise(command)?.text ?? "(nothing visible)"}</code>
              </li>
            ))}
            {commands.length > mostCommands && (
              <li className="px-1 py-0.5 text-ink-3">and {commands.length - mostCommands} more</li>
            )}
          </ul>
        </section>
      )}
    </>
  )
}
