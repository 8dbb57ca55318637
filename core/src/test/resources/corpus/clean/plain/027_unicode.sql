-- Überschrift: naïve façade — 日本語 🚀
CREATE TABLE "日本" ("名前" text PRIMARY KEY, emoji text DEFAULT '🚀;🚀');
COMMENT ON TABLE "日本" IS '🚀';
CREATE INDEX ON "日本" (emoji);
