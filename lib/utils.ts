import { type ClassValue, clsx } from "clsx"
import { twMerge } from "tailwind-merge"

/** Class names joined, with later Tailwind classes winning over earlier ones of the same kind. */
export function cn(...inputs: ClassValue[]): string {
  return twMerge(clsx(inputs))
}
