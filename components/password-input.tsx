"use client"

import { EyeIcon, EyeOffIcon } from "lucide-react"
import { useState } from "react"
import { Input } from "@/components/ui/input"
import { cn } from "@/lib/utils"

/** A password field that shows what was typed on request. */
export function PasswordInput({ className, ...props }: Omit<React.ComponentProps<typeof Input>, "type">) {
  const [isShown, setShown] = useState(false)
  const Icon = isShown ? EyeOffIcon : EyeIcon
  return (
    <div className="relative">
      <Input
        type={isShown ? "text" : "password"}
        autoCapitalize="off"
        spellCheck={false}
        className={cn("pr-10 pointer-coarse:pr-12", className)}
        {...props}
      />
      <button
        type="button"
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
        className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-md text-ink-3 hover:text-ink pointer-coarse:w-11"
      >
        <Icon aria-hidden className="size-4" />
        <span className="sr-only">Show the password</span>
      </button>
    </div>
  )
}
