import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query"

/** Hands what the server has loaded to the live lists below it, so that their first render asks for nothing. */
export function Seeded({
  queries,
  children,
}: {
  queries: readonly { readonly queryKey: QueryKey; readonly data: unknown }[]
  children: React.ReactNode
}) {
  const client = new QueryClient()
  for (const { queryKey, data } of queries) client.setQueryData(queryKey, data)
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}
