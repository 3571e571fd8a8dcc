const againMs = 5_000

/** For every list: what could not be loaded is asked for again; otherwise the event stream says when there is news. */
export function soonIfFailed(query: {
  readonly state: { readonly status: "pending" | "error" | "success" }
}): number | false {
  return query.state.status === "error" ? againMs : false
}
