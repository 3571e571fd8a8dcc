"use client"

import { useQuery } from "@tanstack/react-query"
import { Fragment } from "react"
import { shellQuery } from "@/components/shell-query"
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import { Kbd } from "@/components/ui/kbd"
import { decidingShortcuts, shortcutGroups } from "./shortcuts"

/** Every shortcut that this person has. */
export function ShortcutList({ close }: { close: () => void }) {
  const { data: shell } = useQuery(shellQuery())
  const groups = shell?.decides ? [...shortcutGroups, ...decidingShortcuts] : shortcutGroups
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && close()}>
      <DialogContent className="sm:max-w-xl">
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogDescription>
            {shell?.admin.shortcuts
              ? "Keys without Ctrl can be switched off in your account."
              : "You have switched off the keys without Ctrl; your account switches them on again."}
          </DialogDescription>
        </DialogHeader>
        {groups.map(({ name, shortcuts }) => (
          <section key={name} aria-label={name} className="grid gap-1">
            <h3 className="text-xs font-semibold text-ink-3">{name}</h3>
            <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-y-1.5">
              {shortcuts.map(({ keys, what }) => (
                <Fragment key={what}>
                  <dt>
                    {keys.map((key, index) => (
                      <Fragment key={key}>
                        {index > 0 && <span className="text-sm text-ink-3"> or </span>}
                        <Kbd className="px-1.5 py-1 pointer-coarse:inline">{key}</Kbd>
                      </Fragment>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
        {shell?.decides && (
          <p className="text-sm text-ink-3">
            <Kbd className="pointer-coarse:inline">A</Kbd> never approves what is dangerous, a new node, another role or
            another key: that takes the button, and a question after it.
          </p>
        )}
      </DialogContent>
    </Dialog>
  )
}
