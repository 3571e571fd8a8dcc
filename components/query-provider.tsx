"use client"

import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { useState } from "react"
import { RequestFailed } from "@/components/fetch-json"

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What changed is told by the event stream; asking again because a component mounts would only cost.
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < 1 && !(error instanceof RequestFailed && error.status < 500),
        retryDelay: 500,
        networkMode: "always",
      },
    },
  })
}

export function QueryProvider({ children }: { children: React.ReactNode }) {
  const [client] = useState(createQueryClient)
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
