/** The environment that child processes inherit. Tools read settings of Gatehouse through lib/env, never here. */
export const inherited: NodeJS.ProcessEnv = process.env

/** Sets variables of this process, for a program that is loaded into it afterwards. */
export function settleEnvironment(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values)
}
