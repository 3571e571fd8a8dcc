-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Device" (
    "deviceId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "displayName" TEXT,
    "label" TEXT,
    "sortName" TEXT COLLATE "C" NOT NULL,
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
    "pairedAtMs" DOUBLE PRECISION NOT NULL,
    "approvedAtMs" DOUBLE PRECISION NOT NULL,
    "revision" INTEGER NOT NULL,
    "lastSeenAtMs" DOUBLE PRECISION,
    "lastAddress" TEXT,
    "isNarrowed" BOOLEAN NOT NULL DEFAULT false,
    "isRevoked" BOOLEAN NOT NULL DEFAULT false,
    "isSilent" BOOLEAN NOT NULL DEFAULT false,
    "isBlocked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Device_pkey" PRIMARY KEY ("deviceId")
);

-- CreateTable
CREATE TABLE "Token" (
    "tokenId" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "narrowedAway" TEXT NOT NULL DEFAULT '',
    "createdAtMs" DOUBLE PRECISION NOT NULL,
    "issuedAtMs" DOUBLE PRECISION NOT NULL,
    "deliveredAtMs" DOUBLE PRECISION,
    "usedAtMs" DOUBLE PRECISION,
    "lastUsedAtMs" DOUBLE PRECISION,
    "revokedAtMs" DOUBLE PRECISION,
    "predecessors" TEXT NOT NULL DEFAULT '[]',
    "issuedHow" TEXT NOT NULL DEFAULT '',
    "issuedBy" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Token_pkey" PRIMARY KEY ("tokenId")
);

-- CreateTable
CREATE TABLE "DeviceScope" (
    "deviceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scope" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "DeviceScope_pkey" PRIMARY KEY ("deviceId","kind","scope")
);

-- CreateTable
CREATE TABLE "DeviceTerm" (
    "term" TEXT COLLATE "C" NOT NULL,
    "deviceId" TEXT NOT NULL,

    CONSTRAINT "DeviceTerm_pkey" PRIMARY KEY ("deviceId","term")
);

-- CreateTable
CREATE TABLE "Request" (
    "requestId" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "filedAtMs" DOUBLE PRECISION NOT NULL,
    "triedAtMs" DOUBLE PRECISION NOT NULL,
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
    "endedAtMs" DOUBLE PRECISION,
    "endedByKind" TEXT,
    "endedById" TEXT,
    "endedByName" TEXT,
    "endNote" TEXT,
    "granted" TEXT,
    "withheld" TEXT,
    "supersededBy" TEXT,
    "heldUntilMs" DOUBLE PRECISION,

    CONSTRAINT "Request_pkey" PRIMARY KEY ("requestId")
);

-- CreateTable
CREATE TABLE "Block" (
    "publicKey" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "atMs" DOUBLE PRECISION NOT NULL,
    "byId" TEXT,
    "byName" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "Block_pkey" PRIMARY KEY ("publicKey")
);

-- CreateTable
CREATE TABLE "ConnectAttempt" (
    "id" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "foldKey" TEXT NOT NULL,
    "firstAtMs" DOUBLE PRECISION NOT NULL,
    "lastAtMs" DOUBLE PRECISION NOT NULL,
    "count" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "requestId" TEXT,

    CONSTRAINT "ConnectAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConnectCount" (
    "deviceId" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "ConnectCount_pkey" PRIMARY KEY ("deviceId","day")
);

-- CreateTable
CREATE TABLE "RefusalCount" (
    "reason" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "RefusalCount_pkey" PRIMARY KEY ("reason","prefix","hour")
);

-- CreateTable
CREATE TABLE "ScopeChange" (
    "id" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "atMs" DOUBLE PRECISION NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "silent" BOOLEAN NOT NULL DEFAULT false,
    "requestId" TEXT,
    "entryId" TEXT,

    CONSTRAINT "ScopeChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL,
    "seq" INTEGER,
    "atMs" DOUBLE PRECISION NOT NULL,
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
    "hash" TEXT,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditHead" (
    "id" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "atMs" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Admin" (
    "adminId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "passwordHash" TEXT,
    "disabledAtMs" DOUBLE PRECISION,
    "createdAtMs" DOUBLE PRECISION NOT NULL,
    "lastSignInMs" DOUBLE PRECISION,
    "shortcuts" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "Admin_pkey" PRIMARY KEY ("adminId")
);

-- CreateTable
CREATE TABLE "AdminSession" (
    "sessionId" TEXT NOT NULL,
    "adminId" TEXT NOT NULL,
    "createdAtMs" DOUBLE PRECISION NOT NULL,
    "lastSeenAtMs" DOUBLE PRECISION NOT NULL,
    "expiresAtMs" DOUBLE PRECISION NOT NULL,
    "endedAtMs" DOUBLE PRECISION,
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,

    CONSTRAINT "AdminSession_pkey" PRIMARY KEY ("sessionId")
);

-- CreateTable
CREATE TABLE "AdminLink" (
    "secretHash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "adminId" TEXT,
    "createdAtMs" DOUBLE PRECISION NOT NULL,
    "expiresAtMs" DOUBLE PRECISION NOT NULL,
    "usedAtMs" DOUBLE PRECISION,

    CONSTRAINT "AdminLink_pkey" PRIMARY KEY ("secretHash")
);

-- CreateTable
CREATE TABLE "SignInThrottle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "windowStartMs" DOUBLE PRECISION NOT NULL,
    "lockedUntilMs" DOUBLE PRECISION,

    CONSTRAINT "SignInThrottle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "updatedAtMs" DOUBLE PRECISION NOT NULL,
    "updatedBy" TEXT NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "PolicyVersion" (
    "version" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "atMs" DOUBLE PRECISION NOT NULL,
    "byId" TEXT,
    "byName" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "PolicyVersion_pkey" PRIMARY KEY ("version")
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

-- AddForeignKey
ALTER TABLE "Token" ADD CONSTRAINT "Token_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("deviceId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeviceScope" ADD CONSTRAINT "DeviceScope_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("deviceId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeviceTerm" ADD CONSTRAINT "DeviceTerm_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("deviceId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AdminSession" ADD CONSTRAINT "AdminSession_adminId_fkey" FOREIGN KEY ("adminId") REFERENCES "Admin"("adminId") ON DELETE CASCADE ON UPDATE CASCADE;
