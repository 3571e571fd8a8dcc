-- AlterTable
ALTER TABLE "Device" ADD COLUMN "platformKind" TEXT NOT NULL DEFAULT 'unknown';

-- CreateIndex
CREATE INDEX "Device_platformKind_sortName_deviceId_idx" ON "Device"("platformKind", "sortName", "deviceId");

-- CreateIndex
CREATE INDEX "AuditEntry_actorId_action_atMs_id_idx" ON "AuditEntry"("actorId", "action", "atMs", "id");

-- What the devices that are paired already say of themselves: their platform, else their device family
UPDATE "Device" SET "platformKind" = CASE
    WHEN lower(trim("platform")) LIKE 'ios%' OR lower(trim("platform")) LIKE 'ipados%' OR lower(trim("platform")) LIKE 'iphone%' OR lower(trim("platform")) LIKE 'ipad%' OR lower(trim("platform")) LIKE 'watchos%' OR lower(trim("platform")) LIKE 'tvos%' OR lower(trim("platform")) LIKE 'visionos%' THEN 'ios'
    WHEN lower(trim("platform")) LIKE 'android%' THEN 'android'
    WHEN lower(trim("platform")) LIKE 'mac%' OR lower(trim("platform")) LIKE 'darwin%' THEN 'macos'
    WHEN lower(trim("platform")) LIKE 'win%' THEN 'windows'
    WHEN lower(trim("platform")) LIKE 'linux%' THEN 'linux'
    ELSE 'unknown' END;
UPDATE "Device" SET "platformKind" = CASE
    WHEN lower(trim("deviceFamily")) LIKE 'ios%' OR lower(trim("deviceFamily")) LIKE 'ipados%' OR lower(trim("deviceFamily")) LIKE 'iphone%' OR lower(trim("deviceFamily")) LIKE 'ipad%' OR lower(trim("deviceFamily")) LIKE 'watchos%' OR lower(trim("deviceFamily")) LIKE 'tvos%' OR lower(trim("deviceFamily")) LIKE 'visionos%' THEN 'ios'
    WHEN lower(trim("deviceFamily")) LIKE 'android%' THEN 'android'
    WHEN lower(trim("deviceFamily")) LIKE 'mac%' OR lower(trim("deviceFamily")) LIKE 'darwin%' THEN 'macos'
    WHEN lower(trim("deviceFamily")) LIKE 'win%' THEN 'windows'
    WHEN lower(trim("deviceFamily")) LIKE 'linux%' THEN 'linux'
    ELSE 'unknown' END
WHERE "platformKind" = 'unknown';
