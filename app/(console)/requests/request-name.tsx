import { DeviceName } from "@/components/device-name"

/** The name an admin gave the device; else the one it claims. Both, where they differ. */
export function RequestName({
  label,
  displayName,
  className,
}: {
  label: string | null
  displayName: string | null
  className?: string
}) {
  if (label === null || label === displayName) {
    return <DeviceName name={displayName} {...(className !== undefined && { className })} />
  }
  return (
    <>
      <DeviceName name={label} {...(className !== undefined && { className })} />
      {displayName !== null && (
        <span className="font-normal text-ink-3">
          {" "}
          calls itself <DeviceName name={displayName} max={32} />
        </span>
      )}
    </>
  )
}
