// Serves one page when the server cannot be reached, and says so there. Nothing of the console is ever kept: a list
// from a cache would look like one that is current.
const cacheName = "gatehouse-offline-1"
const offlinePage = "/offline.html"

self.addEventListener("install", (event) => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()))
})

async function keepOfflinePage() {
  const cache = await caches.open(cacheName)
  await cache.add(new Request(offlinePage, { cache: "reload" }))
}

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder())
})

async function forgetOlder() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)))
  // The page is asked for while this worker starts, so that it costs no time.
  await self.registration.navigationPreload?.enable()
}

self.addEventListener("fetch", (event) => {
  const { mode, method, url } = event.request
  // What is under /api are lists and downloads: where they fail, they fail.
  if (mode !== "navigate" || method !== "GET" || new URL(url).pathname.startsWith("/api/")) return
  event.respondWith(answer(event))
})

async function answer(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch {
    const kept = await caches.match(offlinePage)
    if (kept === undefined) return Response.error()
    // The policy it was kept with named a nonce of that time; it gets one of its own.
    const nonce = crypto.randomUUID()
    const page = (await kept.text()).replaceAll("the-nonce", nonce)
    const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
    return new Response(page, {
      status: 503,
      headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy, "cache-control": "no-store" },
    })
  }
}

// Where pages cannot show notifications themselves, as on phones, this worker does, and is told of the touch.
self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.href ?? "/requests"))
})

async function open(href) {
  const [tab] = await self.clients.matchAll({ type: "window", includeUncontrolled: true })
  if (tab === undefined) return self.clients.openWindow(href)
  const shown = await tab.focus()
  return shown.navigate(href)
}
