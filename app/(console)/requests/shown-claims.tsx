import { neutralise } from "@/components/neutralise"
import { Notice } from "@/components/ui/notice"
import type { RequestView } from "@/lib/console/request-types"
import { Commands } from "./commands"

function Claimed({ text }: { text: string | null }) {
  const neutral = neutralise(text, 160)
  return neutral === null ? <>nothing</> : <bdi className="font-medium">{neutral.text}</bdi>
}

/** What the device says of itself beyond its name: commands of a node, and what it says otherwise by now. */
export function ShownClaims({
  request,
}: {
  request: Pick<RequestView, "commands" | "changedClaims" | "approvedAs" | "platform">
}) {
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
      {request.approvedAs !== null && (
        <Notice tone="warn">
          It was approved as <Claimed text={request.approvedAs.platform} />, and now says that it is{" "}
          <Claimed text={request.platform} />. Approve it only if you know why.
        </Notice>
      )}
      {commands.length > 0 && <Commands commands={commands} />}
    </>
  )
}
