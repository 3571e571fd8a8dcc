"use client"

import { useState } from "react"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { useCommand } from "@/components/use-command"
import type { DeviceListView } from "@/lib/console/device-list-types"
import { SaveDialog, SaveForm } from "../save-dialog"
import { renameViewAction, saveViewAction } from "./actions"

const problems = {
  gone: "This view is gone, or somebody shared it and an owner must rename it.",
  "too-many": "You keep twenty views, and there are no more. Delete one first.",
} as const

type Naming = { view: DeviceListView | null; query: string; onClose: () => void }

/** The name of a view: of a new one, or of one that is there. */
export function ViewDialog({ isOpen, ...naming }: Naming & { isOpen: boolean }) {
  return (
    <SaveDialog
      isOpen={isOpen}
      onClose={naming.onClose}
      title={naming.view === null ? "Save this view" : "Rename this view"}
      description="The filters and the order of the list, one press away."
    >
      <ViewForm {...naming} />
    </SaveDialog>
  )
}

function ViewForm({ view, query, onClose }: Naming) {
  const [name, setName] = useState(view?.name ?? "")
  const [problem, setProblem] = useState<keyof typeof problems | null>(null)
  const [isBusy, run] = useCommand()
  return (
    <SaveForm
      isRunning={isBusy || name.trim() === ""}
      problem={problem && problems[problem]}
      onSave={() =>
        run(async () => {
          const outcome = await (view === null
            ? saveViewAction({ name, query })
            : renameViewAction({ viewId: view.viewId, name }))
          if (outcome.ok) onClose()
          else setProblem(outcome.because)
        })
      }
      onClose={onClose}
    >
      <Field>
        <Label htmlFor="view-name">Name</Label>
        <Input
          id="view-name"
          value={name}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
    </SaveForm>
  )
}
