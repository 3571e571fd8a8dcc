import type { Commander } from "@/lib/store/actor"
import { blockDevice } from "@/lib/store/block-device"
import { lowerCeiling } from "@/lib/store/lower-ceiling"
import { noteDevice } from "@/lib/store/note-device"
import { removeDevice } from "@/lib/store/remove-device"
import { renameDevice } from "@/lib/store/rename-device"
import { revokeToken } from "@/lib/store/revoke-token"
import { rotateToken } from "@/lib/store/rotate-token"
import { takeBackSilent } from "@/lib/store/take-back-silent"
import { type Character, cast } from "./cast"
import type { Ask, Stage } from "./stage"

export type Admins = { readonly olivia: Commander; readonly ben: Commander }

/** Something that happens a number of days before now. */
export type Scene = { readonly daysAgo: number; readonly act: () => Promise<void> }

type Done = { readonly ok: boolean; readonly because?: string }

async function mustBeDone(what: Promise<Done>): Promise<void> {
  const done = await what
  if (!done.ok) throw new Error(`A command of the story was refused: ${done.because}.`)
}

/** The six weeks that the demo shows, as scenes in any order. */
export function tellStory(stage: Stage, { olivia, ben }: Admins): readonly Scene[] {
  const { store, visit, approve, reject } = stage
  const at = (daysAgo: number, act: () => Promise<void>): Scene => ({ daysAgo, act })
  const deviceOf = (character: Character, actor: Commander) => ({
    deviceId: stage.deviceId(character),
    actor,
    nowMs: Date.now(),
  })

  /** Knocks, waits for an admin, comes in; then comes back every few days until it is seen no more. */
  const joins = (
    character: Character,
    daysAgo: number,
    by: Commander,
    more: { grant?: readonly string[]; note?: string; lastSeen?: number; every?: number } = {},
  ): Scene[] => [
    at(daysAgo, () => visit(character, "waiting")),
    at(daysAgo - 0.001, () => visit(character, "waiting")),
    at(daysAgo - 0.002, () => approve(character, by, more)),
    at(daysAgo - 0.0021, () => visit(character, "in")),
    ...comesBack(character, daysAgo - 1, more.lastSeen ?? 0.1, more.every ?? 3),
  ]
  const comesBack = (character: Character, from: number, until: number, every: number, ask?: Ask): Scene[] => {
    const count = Math.max(0, Math.floor((from - until) / every))
    // Not always at the same time of day.
    const days = [...Array.from({ length: count }, (_, index) => from - index * every - ((index * 0.37) % 0.45)), until]
    return days.filter((day) => day <= from).map((day) => at(day, () => visit(character, "in", ask)))
  }
  const atHome = (character: Character, daysAgo: number, lastSeen: number): Scene[] => [
    at(daysAgo, () => visit(character, "in")),
    ...comesBack(character, daysAgo - 1, lastSeen, 4),
  ]

  return [
    ...joins(cast.oliviasPhone, 42, olivia, { note: "My own phone." }),
    ...joins(cast.annasPhone, 41.2, olivia),
    at(12.3, () => visit(cast.annasPhone, "waiting", { scopes: [...cast.annasPhone.asks, "operator.approvals"] })),
    at(12.298, () => approve(cast.annasPhone, ben, { note: "Anna may answer approvals while I travel." })),
    at(12.297, () => visit(cast.annasPhone, "in", { scopes: [...cast.annasPhone.asks, "operator.approvals"] })),
    ...joins(cast.annasPad, 40.4, olivia, { lastSeen: 3.2 }),
    ...joins(cast.bensPixel, 39.6, olivia),
    ...joins(cast.bensMac, 38.3, olivia, {
      grant: ["operator.read", "operator.write", "operator.approvals"],
      note: "Everything but admin.",
    }),
    at(21.5, () => visit(cast.bensMac, "waiting", { role: "node", scopes: [] })),
    at(21.498, () => approve(cast.bensMac, olivia, { note: "Builds run there from now on." })),
    at(21.497, () => visit(cast.bensMac, "in", { role: "node", scopes: [] })),
    ...joins(cast.nas, 37.8, olivia),
    ...joins(cast.livingRoom, 37.1, olivia),
    ...joins(cast.cleosThinkPad, 35.2, ben, {
      grant: ["operator.read", "operator.write"],
      note: "No reason to manage other devices.",
    }),
    ...joins(cast.garage, 34.7, ben, { lastSeen: 2.1 }),
    ...joins(cast.grandma, 34.2, ben, { lastSeen: 28.4, every: 1.5 }),
    ...joins(cast.cleosTab, 33.3, ben),
    at(9.9, () =>
      mustBeDone(
        rotateToken(store, {
          ...deviceOf(cast.cleosTab, ben),
          role: "operator",
          scopes: ["operator.read"],
          mode: { kind: "on-pickup" },
          rememberNarrowing: true,
          note: "Reading is enough on the tablet.",
        }),
      ),
    ),
    at(9.8, () => visit(cast.cleosTab, "in")),
    at(9.7, () => visit(cast.cleosTab, "in")),
    ...joins(cast.danasAir, 31.6, ben, { lastSeen: 2.6 }),
    at(0.6, () =>
      mustBeDone(
        rotateToken(store, {
          ...deviceOf(cast.danasAir, olivia),
          role: "operator",
          mode: { kind: "on-pickup" },
          rememberNarrowing: true,
          note: "Half-yearly rotation.",
        }),
      ),
    ),
    ...joins(cast.oldPhone, 31.1, ben, { lastSeen: 6.4 }),
    at(6.2, () =>
      mustBeDone(
        revokeToken(store, { ...deviceOf(cast.oldPhone, olivia), role: "operator", note: "Sold on Saturday." }),
      ),
    ),
    ...joins(cast.lobby, 30.3, olivia),
    at(18.2, () =>
      mustBeDone(
        lowerCeiling(store, {
          ...deviceOf(cast.lobby, olivia),
          remove: ["operator.write"],
          note: "It stands in the lobby: it shows, it does not act.",
        }),
      ),
    ),
    ...joins(cast.display, 29.4, ben),
    at(29.3, () => mustBeDone(renameDevice(store, { ...deviceOf(cast.display, ben), label: "Room Mercury" }))),
    ...joins(cast.desktop, 26.2, ben),
    ...joins(cast.travel, 20.6, olivia, { lastSeen: 8.3, note: "Checked the fingerprint on the phone." }),
    at(20.5, () =>
      mustBeDone(
        noteDevice(store, { ...deviceOf(cast.travel, olivia), note: "Shared by the field team. Ask Eli first." }),
      ),
    ),
    ...joins(cast.contractor, 19.2, ben, { lastSeen: 5.6 }),
    at(5.2, () =>
      mustBeDone(removeDevice(store, { ...deviceOf(cast.contractor, olivia), note: "The contract has ended." })),
    ),
    ...joins(cast.reception, 28.1, ben),
    ...joins(cast.fold, 24.6, ben, { lastSeen: 1.1 }),
    ...joins(cast.surface, 23.2, ben, { lastSeen: 12.7 }),
    ...joins(cast.deployBot, 18.9, olivia, { every: 1, note: "The pipeline's own key." }),
    ...joins(cast.printer, 16.6, ben, { lastSeen: 0.8 }),
    ...joins(cast.watch, 15.4, olivia),
    ...joins(cast.studio, 14.2, ben),
    at(4.4, () =>
      mustBeDone(
        rotateToken(store, {
          ...deviceOf(cast.studio, olivia),
          role: "node",
          mode: { kind: "at-once" },
          rememberNarrowing: true,
          note: "The backup disk was lost.",
        }),
      ),
    ),
    at(4.39, () => visit(cast.studio, "in")),
    ...joins(cast.greenhouse, 10.3, ben),

    ...atHome(cast.workstation, 41.9, 0.4),
    at(24.1, () => visit(cast.workstation, "in", { scopes: ["operator.read", "operator.admin"] })),
    ...atHome(cast.statusBar, 36.6, 0.2),
    ...atHome(cast.cronRunner, 33.9, 0.05),
    ...atHome(cast.buildBox, 22.4, 0.3),
    at(17.3, () => visit(cast.editor, "in")),
    at(16.8, () =>
      mustBeDone(
        takeBackSilent(store, { ...deviceOf(cast.editor, olivia), scopes: ["operator.write"], note: "It only reads." }),
      ),
    ),
    at(16.7, () => visit(cast.editor, "in")),
    at(1.4, () => visit(cast.editor, "in")),

    at(9.2, () => visit(cast.stranger, "waiting")),
    at(9.199, () => reject(cast.stranger, ben, "Nobody here has one.")),
    at(9.198, () => visit(cast.stranger, "refused")),
    at(4.1, () => visit(cast.scanner, "waiting")),
    at(4.099, () =>
      mustBeDone(blockDevice(store, { ...deviceOf(cast.scanner, olivia), note: "Scans the whole range." })),
    ),
    at(4.09, () => visit(cast.scanner, "refused")),
  ]
}

/** Who stays once the story is told. */
export const online: readonly Character[] = [
  ...[cast.oliviasPhone, cast.bensPixel, cast.bensMac, cast.cleosTab, cast.lobby, cast.watch, cast.desktop],
  ...[
    cast.reception,
    cast.deployBot,
    cast.statusBar,
    cast.cronRunner,
    cast.buildBox,
    cast.nas,
    cast.livingRoom,
    cast.greenhouse,
  ],
]

/** Who knocks once the story is told, and goes on knocking. */
export const knocking: readonly (readonly [Character, Ask])[] = [
  [cast.elisPhone, {}],
  [cast.warehouse, {}],
  [cast.cleosThinkPad, { scopes: [...cast.cleosThinkPad.asks, "operator.approvals"] }],
  [cast.display, { role: "node", scopes: [] }],
  [cast.lookAlike, {}],
]
