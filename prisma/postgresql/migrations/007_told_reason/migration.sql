-- AlterTable
ALTER TABLE "Request" ADD COLUMN "toldReason" TEXT;

-- AlterTable
ALTER TABLE "Block" ADD COLUMN "toldReason" TEXT;
