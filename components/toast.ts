export type Toast = { readonly id: number; readonly tone: "ok" | "danger"; readonly text: string }

const listeners = new Set<() => void>()
let toasts: readonly Toast[] = []
let lastId = 0

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says for a few seconds what was done, where the page itself does not show it. Failures stay until dismissed. */
export function showToast(tone: Toast["tone"], text: string): void {
  lastId += 1
  set([...toasts.slice(-2), { id: lastId, tone, text }])
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

export const toastStore = {
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
  read: () => toasts,
}
