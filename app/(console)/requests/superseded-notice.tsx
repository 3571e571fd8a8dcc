"use client"

import { useQuery } from "@tanstack/react-query"
import { ScopeNames } from "@/components/scope-name"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import type { RequestView } from "@/lib/console/request-types"
import { openRequest } from "./inbox-link"
import { requestQuery } from "./query"

function Ask({ request }: { request: RequestView }) {
  return (
    <>
      {request.role}
      {request.scopes.length > 0 ? (
        <>
          {" "}
          with <ScopeNames scopes={request.scopes} max={8} />
        </>
      ) : (
        ", no scopes"
      )}
    </>
  )
}

/** The device asked for something else in the meantime: what it asked, and what it asks now. */
export function SupersededNotice({ request, newId }: { request: RequestView; newId: string }) {
  const { data: fresh } = useQuery(requestQuery(newId))
  return (
    <Notice tone="warn" live>
      <p className="font-semibold">
        The device has asked for something else, so this request can no longer be approved.
      </p>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        <dt className="text-ink-2">It asked</dt>
        <dd>
          <Ask request={request} />
        </dd>
        {fresh && (
          <>
            <dt className="text-ink-2">It asks now</dt>
            <dd>
              <Ask request={fresh} />
            </dd>
          </>
        )}
      </dl>
      <Button size="sm" className="mt-2" onClick={() => openRequest(newId)}>
        Go to the new request
      </Button>
    </Notice>
  )
}
