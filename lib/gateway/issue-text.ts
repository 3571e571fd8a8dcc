import type { z } from "zod"
import { plainText } from "./text"

type Issue = z.core.$ZodIssue

/** What is wrong with the params of a request, in the form "at /client/id: …"; names at most three places. */
export function issueText(issues: readonly Issue[]): string {
  return issues.slice(0, 3).map(oneIssue).join("; ")
}

function oneIssue(issue: Issue): string {
  const place = issue.path.length === 0 ? "root" : `/${issue.path.map((part) => named(String(part))).join("/")}`
  return `at ${place}: ${complaint(issue)}`
}

const named = (key: string) => plainText(key, 40) ?? "?"

function complaint(issue: Issue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `unexpected property '${named(issue.keys[0] ?? "")}'`
    case "invalid_value":
      return "must be equal to one of the allowed values"
    case "invalid_type":
      return `must be ${issue.expected === "int" ? "an integer" : issue.expected}`
    case "too_small":
      return issue.origin === "string" ? "must not be empty" : `must be at least ${issue.minimum}`
    case "too_big":
      return `must not be longer or larger than ${issue.maximum}`
    case "invalid_union":
      return "must have one of the allowed forms"
    case "invalid_format":
      return "must not contain control characters or '|'"
    default:
      return "is not valid"
  }
}
