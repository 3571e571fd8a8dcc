-- CreateTable
CREATE TABLE "Device" (
    "deviceId" TEXT NOT NULL PRIMARY KEY,
    "publicKey" TEXT NOT NULL,
    "displayName" TEXT,
    "label" TEXT,
    "sortName" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "platform" TEXT,
    "deviceFamily" TEXT,
    "clientId" TEXT,
    "clientMode" TEXT,
    "clientVersion" TEXT,
    "commands" TEXT NOT NULL DEFAULT '[]',
    "roles" TEXT NOT NULL,
    "approvedScopes" TEXT,
    "legacyScopes" TEXT,
    "withheld" TEXT NOT NULL DEFAULT '',
    "silentScopes" TEXT NOT NULL DEFAULT '',
    "approvedVia" TEXT NOT NULL,
    "approvedBy" TEXT,
    "pairedAtMs" REAL NOT NULL,
    "approvedAtMs" REAL NOT NULL,
    "revision" INTEGER NOT NULL,
    "lastSeenAtMs" REAL,
    "lastAddress" TEXT,
    "isNarrowed" BOOLEAN NOT NULL DEFAULT false,
    "isRevoked" BOOLEAN NOT NULL DEFAULT false,
    "isSilent" BOOLEAN NOT NULL DEFAULT false,
    "isBlocked" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "Token" (
    "tokenId" TEXT NOT NULL PRIMARY KEY,
    "deviceId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "narrowedAway" TEXT NOT NULL DEFAULT '',
    "createdAtMs" REAL NOT NULL,
    "issuedAtMs" REAL NOT NULL,
    "deliveredAtMs" REAL,
    "usedAtMs" REAL,
    "lastUsedAtMs" REAL,
    "revokedAtMs" REAL,
    "predecessors" TEXT NOT NULL DEFAULT '[]',
    "issuedHow" TEXT NOT NULL DEFAULT '',
    "issuedBy" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "Token_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device" ("deviceId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DeviceScope" (
    "deviceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,

    PRIMARY KEY ("deviceId", "kind", "scope"),
    CONSTRAINT "DeviceScope_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device" ("deviceId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DeviceTerm" (
    "term" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,

    PRIMARY KEY ("deviceId", "term"),
    CONSTRAINT "DeviceTerm_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device" ("deviceId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Request" (
    "requestId" TEXT NOT NULL PRIMARY KEY,
    "deviceId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "filedAtMs" REAL NOT NULL,
    "triedAtMs" REAL NOT NULL,
    "tries" INTEGER NOT NULL,
    "displayName" TEXT,
    "platform" TEXT,
    "deviceFamily" TEXT,
    "clientId" TEXT,
    "clientMode" TEXT,
    "clientVersion" TEXT,
    "commands" TEXT NOT NULL DEFAULT '[]',
    "address" TEXT NOT NULL,
    "circumstances" TEXT NOT NULL,
    "latestMetadata" TEXT,
    "endedAtMs" REAL,
    "endedByKind" TEXT,
    "endedById" TEXT,
    "endedByName" TEXT,
    "endNote" TEXT,
    "granted" TEXT,
    "withheld" TEXT,
    "supersededBy" TEXT,
    "heldUntilMs" REAL
);

-- CreateTable
CREATE TABLE "Block" (
    "publicKey" TEXT NOT NULL PRIMARY KEY,
    "deviceId" TEXT NOT NULL,
    "atMs" REAL NOT NULL,
    "byId" TEXT,
    "byName" TEXT NOT NULL,
    "note" TEXT
);

-- CreateTable
CREATE TABLE "ConnectAttempt" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "deviceId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "foldKey" TEXT NOT NULL,
    "firstAtMs" REAL NOT NULL,
    "lastAtMs" REAL NOT NULL,
    "count" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "requestId" TEXT
);

-- CreateTable
CREATE TABLE "ConnectCount" (
    "deviceId" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("deviceId", "day")
);

-- CreateTable
CREATE TABLE "RefusalCount" (
    "reason" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("reason", "prefix", "hour")
);

-- CreateTable
CREATE TABLE "ScopeChange" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "deviceId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "atMs" REAL NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "silent" BOOLEAN NOT NULL DEFAULT false,
    "requestId" TEXT,
    "entryId" TEXT
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "seq" INTEGER,
    "atMs" REAL NOT NULL,
    "action" TEXT NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "deviceId" TEXT,
    "subject" TEXT,
    "before" TEXT,
    "after" TEXT,
    "note" TEXT,
    "prevHash" TEXT,
    "hash" TEXT
);

-- CreateTable
CREATE TABLE "AuditHead" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "atMs" REAL NOT NULL
);

-- CreateTable
CREATE TABLE "Admin" (
    "adminId" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "passwordHash" TEXT,
    "disabledAtMs" REAL,
    "createdAtMs" REAL NOT NULL,
    "lastSignInMs" REAL,
    "shortcuts" BOOLEAN NOT NULL DEFAULT true
);

-- CreateTable
CREATE TABLE "AdminSession" (
    "sessionId" TEXT NOT NULL PRIMARY KEY,
    "adminId" TEXT NOT NULL,
    "createdAtMs" REAL NOT NULL,
    "lastSeenAtMs" REAL NOT NULL,
    "expiresAtMs" REAL NOT NULL,
    "endedAtMs" REAL,
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    CONSTRAINT "AdminSession_adminId_fkey" FOREIGN KEY ("adminId") REFERENCES "Admin" ("adminId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AdminLink" (
    "secretHash" TEXT NOT NULL PRIMARY KEY,
    "purpose" TEXT NOT NULL,
    "adminId" TEXT,
    "createdAtMs" REAL NOT NULL,
    "expiresAtMs" REAL NOT NULL,
    "usedAtMs" REAL
);

-- CreateTable
CREATE TABLE "SignInThrottle" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "failures" INTEGER NOT NULL,
    "windowStartMs" REAL NOT NULL,
    "lockedUntilMs" REAL
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "updatedAtMs" REAL NOT NULL,
    "updatedBy" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "PolicyVersion" (
    "version" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "document" TEXT NOT NULL,
    "atMs" REAL NOT NULL,
    "byId" TEXT,
    "byName" TEXT NOT NULL,
    "note" TEXT
);

-- CreateIndex
CREATE INDEX "Device_sortName_deviceId_idx" ON "Device"("sortName", "deviceId");

-- CreateIndex
CREATE INDEX "Device_lastSeenAtMs_deviceId_idx" ON "Device"("lastSeenAtMs", "deviceId");

-- CreateIndex
CREATE INDEX "Device_pairedAtMs_deviceId_idx" ON "Device"("pairedAtMs", "deviceId");

-- CreateIndex
CREATE INDEX "Device_publicKey_idx" ON "Device"("publicKey");

-- CreateIndex
CREATE INDEX "Device_isNarrowed_sortName_deviceId_idx" ON "Device"("isNarrowed", "sortName", "deviceId");

-- CreateIndex
CREATE INDEX "Device_isRevoked_sortName_deviceId_idx" ON "Device"("isRevoked", "sortName", "deviceId");

-- CreateIndex
CREATE INDEX "Device_isSilent_sortName_deviceId_idx" ON "Device"("isSilent", "sortName", "deviceId");

-- CreateIndex
CREATE INDEX "Device_isBlocked_sortName_deviceId_idx" ON "Device"("isBlocked", "sortName", "deviceId");

-- CreateIndex
CREATE INDEX "Device_approvedVia_sortName_deviceId_idx" ON "Device"("approvedVia", "sortName", "deviceId");

-- CreateIndex
CREATE UNIQUE INDEX "Token_deviceId_role_key" ON "Token"("deviceId", "role");

-- CreateIndex
CREATE INDEX "DeviceScope_kind_scope_deviceId_idx" ON "DeviceScope"("kind", "scope", "deviceId");

-- CreateIndex
CREATE INDEX "DeviceTerm_term_deviceId_idx" ON "DeviceTerm"("term", "deviceId");

-- CreateIndex
CREATE INDEX "Request_status_filedAtMs_requestId_idx" ON "Request"("status", "filedAtMs", "requestId");

-- CreateIndex
CREATE INDEX "Request_status_triedAtMs_idx" ON "Request"("status", "triedAtMs");

-- CreateIndex
CREATE INDEX "Request_deviceId_status_idx" ON "Request"("deviceId", "status");

-- CreateIndex
CREATE INDEX "Request_deviceId_filedAtMs_idx" ON "Request"("deviceId", "filedAtMs");

-- CreateIndex
CREATE INDEX "Request_deviceId_heldUntilMs_idx" ON "Request"("deviceId", "heldUntilMs");

-- CreateIndex
CREATE INDEX "Request_status_address_idx" ON "Request"("status", "address");

-- CreateIndex
CREATE INDEX "Request_endedAtMs_requestId_idx" ON "Request"("endedAtMs", "requestId");

-- CreateIndex
CREATE INDEX "Block_deviceId_idx" ON "Block"("deviceId");

-- CreateIndex
CREATE INDEX "ConnectAttempt_deviceId_lastAtMs_idx" ON "ConnectAttempt"("deviceId", "lastAtMs");

-- CreateIndex
CREATE INDEX "ConnectAttempt_lastAtMs_idx" ON "ConnectAttempt"("lastAtMs");

-- CreateIndex
CREATE INDEX "RefusalCount_hour_idx" ON "RefusalCount"("hour");

-- CreateIndex
CREATE INDEX "ScopeChange_deviceId_atMs_id_idx" ON "ScopeChange"("deviceId", "atMs", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEntry_seq_key" ON "AuditEntry"("seq");

-- CreateIndex
CREATE INDEX "AuditEntry_atMs_id_idx" ON "AuditEntry"("atMs", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_deviceId_atMs_id_idx" ON "AuditEntry"("deviceId", "atMs", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_actorId_atMs_id_idx" ON "AuditEntry"("actorId", "atMs", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_actorKind_atMs_id_idx" ON "AuditEntry"("actorKind", "atMs", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_action_atMs_id_idx" ON "AuditEntry"("action", "atMs", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Admin_email_key" ON "Admin"("email");

-- CreateIndex
CREATE INDEX "Admin_role_idx" ON "Admin"("role");

-- CreateIndex
CREATE INDEX "AdminSession_adminId_createdAtMs_idx" ON "AdminSession"("adminId", "createdAtMs");

-- CreateIndex
CREATE INDEX "AdminLink_purpose_idx" ON "AdminLink"("purpose");
