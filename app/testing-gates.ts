import type { Capability } from "@/lib/auth/capabilities"

/** Every loader and every action of the console, with the one capability that it asks for. */
export const gates: Record<string, Record<string, Capability>> = {
  "/app/(console)/account/actions.ts": {
    changePasswordAction: "account.change",
    endSessionAction: "account.change",
    endOtherSessionsAction: "account.change",
    setShortcutsAction: "account.change",
  },
  "/app/(console)/devices/actions.ts": {
    rotateTokenAction: "devices.rotate",
    revokeTokenAction: "devices.revoke",
    editScopesAction: "devices.edit-scopes",
    disconnectAction: "devices.disconnect",
    takeBackSilentAction: "devices.take-back",
    extendGrantAction: "devices.extend",
    renameDeviceAction: "devices.rename",
    noteDeviceAction: "devices.note",
    tagDevicesAction: "devices.tag",
    labelDevicesAction: "devices.rename",
    summariseCutOffAction: "devices.revoke",
    revokeDevicesAction: "devices.revoke",
    removeDevicesAction: "devices.remove",
    mergeDuplicatesAction: "devices.remove",
    blockDeviceAction: "devices.block",
    unblockDeviceAction: "devices.unblock",
    removeDeviceAction: "devices.remove",
  },
  "/app/(console)/devices/views/actions.ts": {
    saveViewAction: "views.change",
    renameViewAction: "views.change",
    shareViewAction: "views.share",
    deleteViewAction: "views.change",
    setDefaultViewAction: "views.change",
  },
  "/app/(console)/policy/actions.ts": { changePolicyAction: "policy.change" },
  "/app/(console)/requests/actions.ts": {
    approveAction: "requests.approve",
    rejectAction: "requests.reject",
    reopenAction: "requests.reopen",
    undoAction: "devices.revoke",
    blockAction: "devices.block",
  },
  "/app/(console)/requests/bulk/actions.ts": {
    summariseAction: "requests.approve",
    approveRequestsAction: "requests.approve",
    rejectRequestsAction: "requests.reject",
  },
  "/app/(console)/settings/admins/actions.ts": {
    inviteAdminAction: "admins.manage",
    makeAdminLinkAction: "admins.manage",
    changeAdminRoleAction: "admins.manage",
    disableAdminAction: "admins.manage",
    enableAdminAction: "admins.manage",
    endAdminSessionsAction: "admins.manage",
  },
  "/app/(console)/settings/limits/actions.ts": { changeSettingsAction: "settings.change" },
  "/app/(console)/settings/templates/actions.ts": { saveTemplatesAction: "settings.change" },
  "/app/(console)/settings/upstream/actions.ts": {
    checkUpstreamAction: "settings.change",
    switchOnAction: "settings.change",
    switchOffAction: "settings.change",
  },
  "/app/(console)/settings/token/actions.ts": { showTokenAction: "secret.show", rotateTokenAction: "secret.rotate" },
  "/lib/console/account.ts": { loadAccount: "account.see", loadSessions: "account.see" },
  "/lib/console/audit.ts": {
    loadAuditPage: "audit.see",
    loadAuditSummary: "audit.see",
    loadAuditNews: "audit.see",
    loadAuditActors: "audit.see",
    exportAudit: "audit.export",
  },
  "/lib/console/blocked-keys.ts": { loadBlockedKeys: "devices.see" },
  "/lib/console/bulk.ts": { loadBulk: "requests.see", loadWarnedSince: "requests.see" },
  "/lib/console/device.ts": { loadDevice: "devices.see" },
  "/lib/console/device-why.ts": { loadWhy: "devices.see" },
  "/lib/console/device-events.ts": { loadDeviceEvents: "devices.see" },
  "/lib/console/device-views.ts": { loadDeviceViews: "devices.see" },
  "/lib/console/devices.ts": {
    loadDevices: "devices.see",
    loadDeviceFacets: "devices.see",
    exportDevices: "devices.export",
    loadDuplicates: "devices.see",
  },
  "/lib/console/overview.ts": { loadOverview: "overview.see" },
  "/lib/console/policy.ts": {
    loadPolicy: "policy.see",
    loadPolicyVersion: "policy.see",
    loadPolicyVersions: "policy.see",
  },
  "/lib/console/locality.ts": { loadLocalityGround: "policy.see" },
  "/lib/console/requests.ts": {
    loadRequestQueue: "requests.see",
    loadWaitingRequests: "requests.see",
    loadWaitingCounts: "requests.see",
    loadRequest: "requests.see",
    loadEndedRequests: "requests.see",
  },
  "/lib/console/search.ts": { loadFound: "devices.see" },
  "/lib/console/settings.ts": {
    loadAdmins: "admins.see",
    loadSettings: "settings.see",
    loadSharedToken: "secret.see",
    loadGateway: "settings.see",
  },
  "/lib/console/templates.ts": { loadTemplates: "requests.see" },
  "/lib/console/upstream.ts": { loadUpstreamFacts: "settings.see" },
  "/lib/console/shell.ts": { loadShell: "gateway.see" },
}

/** What somebody without a session may call, from a page of this console only. */
export const open: Record<string, readonly string[]> = {
  "/app/(console)/actions.ts": ["signOutAction"],
  "/app/link/actions.ts": ["checkLinkAction", "setPasswordAction"],
  "/app/set-up/actions.ts": ["checkSetupAction", "setUpAction"],
  "/app/sign-in/actions.ts": ["signInAction"],
}

/** The one loader for strangers: what stands around the sign-in form. */
export const forStrangers = ["/lib/console/door.ts loadDoor"]
