import { describe, expect, it } from "vitest"
import { allowedOn } from "../devices/[deviceId]/allowed"
import { type DoingFacts, doings, doingsOn } from "../devices/[deviceId]/doings"
import { splitDoing } from "./split-doing"

describe("a text that begins with what is to be done", () => {
  it.each<[string, ReturnType<typeof splitDoing>]>([
    ["rotate", { doing: "rotate", rest: "" }],
    ["rotate ops laptop", { doing: "rotate", rest: "ops laptop" }],
    ["Rotate the token ops", { doing: "rotate", rest: "ops" }],
    ["edit scopes of", { doing: "edit", rest: "of" }],
    ["unb kitchen", { doing: "unblock", rest: "kitchen" }],
    ["re", null],
    ["ops rotate", null],
    ["blocked", null],
  ])("%j", (text, split) => {
    expect(splitDoing(text)).toEqual(split)
  })
})

describe("what can be done to a device", () => {
  const facts: DoingFacts = { isPaired: true, isBlocked: false, isOnline: true, isLive: true }
  it.each<[string, Partial<DoingFacts>, Parameters<typeof allowedOn>[0], readonly string[]]>([
    ["by an approver", {}, "approver", ["rotate", "revoke", "edit", "rename", "block", "disconnect"]],
    ["by a viewer", {}, "viewer", []],
    [
      "while it is blocked",
      { isBlocked: true },
      "owner",
      ["rotate", "revoke", "edit", "rename", "unblock", "disconnect"],
    ],
    ["without a token in force", { isLive: false, isOnline: false }, "owner", ["edit", "rename", "block"]],
    ["that is not paired", { isPaired: false, isLive: false, isOnline: false }, "owner", ["block"]],
  ])("%s", (_case, over, role, names) => {
    expect(doingsOn({ ...facts, ...over }, allowedOn(role))).toEqual(doings.filter((doing) => names.includes(doing)))
  })
})
