/*
  Warnings:

  - Nothing. /* Nested, since people do that. */
*/
COMMENT ON TABLE "Post" IS E'What people wrote.\nEdited rarely.';
COMMENT ON COLUMN "Post"."slug" IS NULL;
