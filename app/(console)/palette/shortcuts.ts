type Shortcut = { readonly keys: readonly string[]; readonly what: string }

/** Every key that does something, by where it does. */
export const shortcutGroups: readonly { readonly name: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    name: "On every page",
    shortcuts: [
      { keys: ["Ctrl K", "⌘ K"], what: "Search, and go anywhere" },
      { keys: ["?"], what: "This list" },
    ],
  },
  {
    name: "Through the requests",
    shortcuts: [
      { keys: ["J", "↓"], what: "The next request; the arrow from within the list" },
      { keys: ["K", "↑"], what: "The one before" },
      { keys: ["O", "Enter"], what: "Into the request" },
      { keys: ["Esc"], what: "Back to the list" },
    ],
  },
]

/** The keys for those who decide. */
export const decidingShortcuts: typeof shortcutGroups = [
  {
    name: "To decide the open request",
    shortcuts: [
      { keys: ["A"], what: "Approve what is ticked" },
      { keys: ["F"], what: "Fewer: to the first tick" },
      { keys: ["R"], what: "Reject" },
      { keys: ["B"], what: "Block its key: asks first" },
      { keys: ["N"], what: "To the note" },
      { keys: ["T"], what: "To the time: for how long" },
      { keys: ["U"], what: "Undo what was just decided" },
    ],
  },
  {
    name: "To decide several requests",
    shortcuts: [
      { keys: ["X"], what: "Select this one, or not" },
      { keys: ["Shift X"], what: "Select as far as the one before" },
      { keys: ["A", "R"], what: "Review those that are selected, and decide" },
    ],
  },
]
