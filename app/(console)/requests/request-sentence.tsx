import { Instant } from "@/components/time-ago"
import type { RequestView } from "@/lib/console/request-types"
import { manualReasonSentences, pairingReasonSentences } from "@/lib/pairing/explain"
import type { Role } from "@/lib/pairing/types"

const article: Record<Role, string> = { operator: "an", node: "a" }
const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

function counted(count: number, noun: string): string {
  return `${numbers[count] ?? count} ${noun}${count === 1 ? "" : "s"}`
}

function RoleWord({ role }: { role: Role }) {
  return (
    <>
      {article[role]} <strong className="font-semibold">{role}</strong>
    </>
  )
}

function What({ request }: { request: RequestView }) {
  const { reason, role, heldRoles, paired, scopes, state, isRoleRevoked } = request
  const asked = scopes.length === 0 ? "no scopes" : counted(scopes.length, "scope")
  switch (reason) {
    case "not-paired":
      return (
        <>
          {paired === "other-key"
            ? "A device of this id is paired, but with another key. "
            : "This key was never paired. "}
          It asks to be <RoleWord role={role} />, with {asked}.
          {paired === "other-key" && " Approving it replaces that device and inherits nothing of it."}
        </>
      )
    case "role-upgrade":
      if (isRoleRevoked) {
        return (
          <>
            This device asks to be <RoleWord role={role} /> again, with {asked}.
            {request.roleEndedAtMs !== null && (
              <>
                {" "}
                It was one until <Instant atMs={request.roleEndedAtMs} />.
              </>
            )}
          </>
        )
      }
      return (
        <>
          {heldRoles[0] === undefined ? (
            "This device has no role in force"
          ) : (
            <>
              This device is paired as <RoleWord role={heldRoles[0]} />
            </>
          )}{" "}
          and asks to be <RoleWord role={role} /> too, with {asked}.
        </>
      )
    case "scope-upgrade": {
      const open = state.kind === "waiting" ? state.scopes.filter((row) => !row.isApproved) : []
      const again = open.filter((row) => row.bringsBack.includes(row.scope)).length
      const ended = open.filter((row) => row.endedAtMs !== null && !row.bringsBack.includes(row.scope)).length
      const fresh = open.length - again - ended
      const parts = [
        fresh > 0 && `${counted(fresh, "scope")} that nobody has approved for it`,
        again > 0 && `${counted(again, "scope")} that ${again === 1 ? "was" : "were"} declined`,
        ended > 0 && `${counted(ended, "scope")} whose time is over`,
      ].filter((part) => part !== false)
      if (open.length === 0) break
      return (
        <>
          This device is paired as <RoleWord role={role} /> and asks for {parts.join(", and for ")}.
        </>
      )
    }
    case "metadata-upgrade":
      break
  }
  return pairingReasonSentences[reason]
}

/** Why this request stands here and was not let in by itself. */
export function RequestSentence({ request }: { request: RequestView }) {
  return (
    <p className="text-lg text-pretty">
      <What request={request} /> {request.manual !== null && manualReasonSentences[request.manual]}
    </p>
  )
}
