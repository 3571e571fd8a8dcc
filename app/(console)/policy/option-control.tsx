"use client"

import { authKindWords, policyChoices } from "@/components/policy-words"
import { Checkbox } from "@/components/ui/checkbox"
import { Notice } from "@/components/ui/notice"
import { Switch } from "@/components/ui/switch"
import type { PolicyProblem } from "@/lib/pairing/policy-check"
import type { Policy } from "@/lib/pairing/types"
import { ChoiceField } from "./choice-field"
import { DurationField } from "./duration-field"
import { ListField } from "./list-field"
import { optionIds } from "./option-row"
import { RangeField } from "./range-field"
import { ScopeField } from "./scope-field"

type Control = {
  readonly option: keyof Policy
  readonly draft: Policy
  readonly problems: readonly PolicyProblem[]
  readonly ownOrigins: readonly string[]
  readonly change: (part: Partial<Policy>) => void
}

/** The control of one option. A new option without one is a compiler error. */
export function OptionControl({ option, draft, problems, ownOrigins, change }: Control) {
  switch (option) {
    case "autoApproveLocal":
    case "tsNetHostIsLocal":
      return <OnOff option={option} value={draft[option]} onChange={(value) => change({ [option]: value })} />
    case "localPairing":
    case "localScopeUpgrade":
    case "browserScopeUpgrade":
    case "roleUpgrade":
    case "roleUpgradeApproval":
    case "graveGrantNote":
    case "pairedUpgrade":
    case "metadataPinning":
    case "legacyRecords":
    case "localCliWithoutDevice":
      return <Choice option={option} draft={draft} change={change} />
    case "silentAuthKinds":
      return <AuthKinds value={draft.silentAuthKinds} onChange={(silentAuthKinds) => change({ silentAuthKinds })} />
    case "silentScopeCeiling":
      return <SilentCap draft={draft} problems={problems} change={change} />
    case "firstPartyOrigins":
      return (
        <ListField
          option={option}
          value={draft.firstPartyOrigins}
          problems={problems}
          placeholder="https://gate.example"
          hint={`One origin to a line. Always among them: ${ownOrigins.join(", ")}.`}
          onChange={(firstPartyOrigins) => change({ firstPartyOrigins })}
        />
      )
    case "nodeAutoApproveCidrs":
      return (
        <RangeField
          value={draft.nodeAutoApproveCidrs}
          problems={problems}
          onChange={(nodeAutoApproveCidrs) => change({ nodeAutoApproveCidrs })}
        />
      )
    case "trustedProxyUpgrade":
      return <ProxyCap draft={draft} problems={problems} change={change} />
    case "pendingTtlMs":
    case "rejectHoldMs":
      return (
        <DurationField
          option={option}
          value={draft[option]}
          isWrong={problems.length > 0}
          onChange={(value) => change({ [option]: value })}
        />
      )
  }
}

type ChoiceOption = keyof typeof policyChoices

function Choice<Option extends ChoiceOption>({
  option,
  draft,
  change,
}: Pick<Control, "draft" | "change"> & { option: Option }) {
  const choices: Readonly<Record<Policy[ChoiceOption], string>> | Readonly<Record<string, string>> =
    policyChoices[option]
  return (
    <ChoiceField
      option={option}
      choices={choices}
      value={draft[option]}
      onChange={(value) => change({ [option]: value })}
    />
  )
}

function OnOff({
  option,
  value,
  words = { on: "On", off: "Off" },
  onChange,
}: {
  option: keyof Policy
  value: boolean
  words?: { on: string; off: string }
  onChange: (value: boolean) => void
}) {
  const ids = optionIds(option)
  return (
    <div className="flex items-center gap-2.5">
      <Switch
        id={ids.control}
        aria-labelledby={ids.label}
        aria-describedby={ids.description}
        checked={value}
        onCheckedChange={onChange}
      />
      <span aria-hidden>{value ? words.on : words.off}</span>
    </div>
  )
}

type AuthKind = Policy["silentAuthKinds"][number]

function AuthKinds({ value, onChange }: { value: readonly AuthKind[]; onChange: (value: AuthKind[]) => void }) {
  const ids = optionIds("silentAuthKinds")
  const kinds = Object.keys(authKindWords).filter((kind): kind is AuthKind => kind in authKindWords)
  return (
    <fieldset aria-labelledby={ids.label} className="grid gap-2.5">
      {kinds.map((kind) => (
        <div key={kind} className="flex items-start gap-2.5">
          <Checkbox
            id={`${ids.control}-${kind}`}
            className="mt-0.5"
            checked={value.includes(kind)}
            onCheckedChange={(checked) =>
              onChange(kinds.filter((each) => (each === kind ? checked === true : value.includes(each))))
            }
          />
          <label htmlFor={`${ids.control}-${kind}`}>{authKindWords[kind]}</label>
        </div>
      ))}
    </fieldset>
  )
}

type Part = Pick<Control, "draft" | "problems" | "change">

function SilentCap({ draft, problems, change }: Part) {
  const cap = draft.silentScopeCeiling
  return (
    <div className="grid gap-3.5">
      <OnOff
        option="silentScopeCeiling"
        value={cap !== null}
        words={{ on: "Capped at", off: "No cap" }}
        onChange={(isCapped) => change({ silentScopeCeiling: isCapped ? ["operator.read", "operator.write"] : null })}
      />
      {cap !== null && (
        <ScopeField
          option="silentScopeCeiling"
          value={cap}
          problems={problems}
          onChange={(silentScopeCeiling) => change({ silentScopeCeiling })}
        />
      )}
    </div>
  )
}

function ProxyCap({ draft, problems, change }: Part) {
  const { enabled, scopes } = draft.trustedProxyUpgrade
  return (
    <div className="grid gap-3.5">
      <OnOff
        option="trustedProxyUpgrade"
        value={enabled}
        words={{ on: "On, up to", off: "Off" }}
        onChange={(isOn) => change({ trustedProxyUpgrade: { enabled: isOn, scopes } })}
      />
      {enabled && (
        <ScopeField
          option="trustedProxyUpgrade"
          value={scopes}
          problems={problems}
          onChange={(cap) => change({ trustedProxyUpgrade: { enabled, scopes: cap } })}
        />
      )}
      {enabled && scopes.includes("operator.admin") && (
        <Notice tone="danger" live>
          With <code>operator.admin</code> in the cap, whoever the proxy signs in can become admin without anybody here
          seeing it first.
        </Notice>
      )}
    </div>
  )
}
