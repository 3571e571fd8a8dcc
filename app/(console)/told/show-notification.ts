export type Shown = { readonly close: () => void }

type Content = {
  readonly title: string
  readonly body: string
  /** Of several with the same one, only the last is shown. */
  readonly tag: string
  readonly isSilent: boolean
  /** Where it leads, in a browser that shows it without a page. */
  readonly href: string
  readonly open: () => void
}

/** Shows a notification of the browser. Phones show them by way of the service worker only. */
export function showNotification({ title, body, tag, isSilent, href, open }: Content): Shown {
  const options = { body, tag, silent: isSilent, icon: "/icon-192.png", data: { href } }
  try {
    const notification = new Notification(title, options)
    notification.onclick = () => {
      window.focus()
      open()
      notification.close()
    }
    return notification
  } catch {
    const worker = navigator.serviceWorker?.ready
    void worker?.then((registration) => registration.showNotification(title, options))
    const close = async () => {
      const registration = await worker
      for (const notification of (await registration?.getNotifications({ tag })) ?? []) notification.close()
    }
    return { close: () => void close() }
  }
}
