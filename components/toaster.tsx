"use client"

import { CircleCheckIcon, CircleXIcon, XIcon } from "lucide-react"
import { useEffect, useSyncExternalStore } from "react"
import { dismissToast, type Toast, toastStore } from "@/components/toast"

const none: readonly Toast[] = []
const shownMs = 6000
const looks = {
  ok: { Icon: CircleCheckIcon, className: "text-ok" },
  danger: { Icon: CircleXIcon, className: "text-danger" },
} as const

function ToastCard({ toast }: { toast: Toast }) {
  useEffect(() => {
    if (toast.tone === "danger") return
    const timer = setTimeout(() => dismissToast(toast.id), shownMs)
    return () => clearTimeout(timer)
  }, [toast])
  const { Icon, className } = looks[toast.tone]
  return (
    <li className="flex animate-rise items-start gap-2.5 rounded-lg border border-line bg-panel py-2.5 pr-2 pl-3.5 shadow-float">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
      <span className="min-w-0 flex-1">{toast.text}</span>
      <button
        type="button"
        onClick={() => dismissToast(toast.id)}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
      >
        <XIcon aria-hidden className="size-3.5" />
        <span className="sr-only">Dismiss</span>
      </button>
    </li>
  )
}

export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read, () => none)
  return (
    <section aria-label="Messages" aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-0 z-50">
      <ol className="pointer-events-auto mx-auto grid w-full max-w-md gap-2 px-4 pb-20 empty:hidden md:pb-6">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ol>
    </section>
  )
}
