"use client"

import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import { Switch } from "@/components/ui/switch"
import { useCommand } from "@/components/use-command"
import { type NotificationState, switchNotifications, useNotificationState } from "../told/use-notifications"

const obstacles: Record<NotificationState, string | null> = {
  impossible:
    "This browser shows no notifications for this address. Browsers do so only over https, or on the machine itself.",
  refused: "This browser refuses notifications of this address. Allow them in its settings for the site first.",
  off: null,
  on: null,
}

/** Whether this browser tells of new requests while a tab of the console is open. */
export function NotificationsCard() {
  const state = useNotificationState()
  const [isBusy, run] = useCommand()
  const obstacle = obstacles[state]
  return (
    <Card>
      <CardHeader>
        <CardTitle>Notifications</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        <div className="flex items-start gap-3">
          <Switch
            id="notifications"
            checked={state === "on"}
            disabled={isBusy || obstacle !== null}
            onCheckedChange={(isWanted) => run(() => switchNotifications(isWanted))}
            aria-describedby="notifications-what"
            className="mt-0.5"
          />
          <div className="grid gap-0.5">
            <label htmlFor="notifications" className="font-medium">
              Tell of new requests, in this browser
            </label>
            <p id="notifications-what" className="max-w-prose text-sm text-ink-3">
              While a tab of the console is open, even behind others: one for each device that begins to wait, gone when
              it is decided. The browser asks whether you allow it.
            </p>
          </div>
        </div>
        {obstacle !== null && (
          <Notice tone="warn" live>
            {obstacle}
          </Notice>
        )}
      </CardContent>
    </Card>
  )
}
