-- liquibase formatted sql
--changeset ada:1
ALTER TABLE orders ADD note text;
--changeset ada:late logicalFilePath:elsewhere/x.sql
SELECT 1;
